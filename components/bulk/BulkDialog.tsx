import { useState } from 'preact/hooks';
import { countText, plural, t } from '../../utils/i18n/i18n.ts';
import { isReasonGiven } from '../../utils/model/reason.ts';
import { missingConfirmation } from '../../utils/review/typed-confirmation.ts';
import type { BulkActions, BulkQuestion } from '../../utils/stores/bulk-state.ts';
import { startProblemText } from '../../utils/wording/bulk-job.ts';
import type { AccountNamed } from '../../utils/wording/gateway.ts';
import { literal } from '../../utils/wording/qr-code.ts';
import { missingText } from '../../utils/wording/typed-confirmation.ts';
import { ReasonField } from '../shared/ReasonField.tsx';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { WordField } from '../ui/ConfirmationInput.tsx';
import { Fact } from '../ui/DescriptionItem.tsx';
import { LiveWarning } from '../ui/LiveEnvironmentWarning.tsx';
import '../shared/qr-code-details.css';
import '../ui/report.css';

interface BulkDialogProps {
  question: BulkQuestion;
  account: AccountNamed;
  /** Whether a reason has to be given. */
  reasonRequired: boolean;
  actions: Pick<BulkActions, 'setTyped' | 'keepActive' | 'confirm'>;
}

/** The one question before many QR codes are cancelled; where it is many or real, a word has to be typed. */
export function BulkDialog({ question, account, reasonRequired, actions }: BulkDialogProps) {
  const { count, word, typed, busy, problem, columnName } = question;
  const missing = word === undefined ? undefined : missingConfirmation(typed, count);
  const [reason, setReason] = useState('');
  return (
    <AlertDialog
      title={plural('cancelCountTitle', count)}
      keepLabel={t('keepActive')}
      onKeep={actions.keepActive}
      confirmLabel={plural('cancelCount', count)}
      onConfirm={() => void actions.confirm(reason)}
      confirmDisabled={missing !== undefined || !isReasonGiven(reason, reasonRequired)}
      busyLabel={busy ? t('starting') : undefined}
    >
      {account.environment === 'LIVE' && <LiveWarning text={t('dialogLive')} />}
      <dl class="facts">
        <Fact label={t('detailAccount')}>
          <bdi>{account.name}</bdi>
        </Fact>
        <Fact label={t('detailEnvironment')}>
          <EnvironmentBadge environment={account.environment} />
        </Fact>
        <Fact label={t('detailCount')}>
          <strong>{countText(count)}</strong>
        </Fact>
        {columnName !== '' && (
          <Fact label={t('columnWithIds')}>
            <bdi class="clipped">{literal(columnName)}</bdi>
          </Fact>
        )}
      </dl>
      <p>{plural('bulkWarning', count)}</p>
      <ReasonField reason={reason} required={reasonRequired} disabled={busy} onReason={setReason} />
      {word !== undefined && (
        <WordField
          word={word}
          typed={typed}
          hint={missing && missing.code !== 'nothing' ? missingText(missing, count) : undefined}
          disabled={busy}
          onTyped={actions.setTyped}
        />
      )}
      {problem && (
        <p class="report danger" role="alert">
          {startProblemText(problem, account)}
        </p>
      )}
    </AlertDialog>
  );
}

import { useState } from 'preact/hooks';
import { formatCount, plural, t } from '../../utils/i18n/i18n.ts';
import { isReasonSatisfied } from '../../utils/model/reason.ts';
import { missingConfirmation } from '../../utils/review/typed-confirmation.ts';
import type { BulkActions, ConfirmationState } from '../../utils/stores/bulk-state.ts';
import { startProblemText } from '../../utils/wording/bulk-job.ts';
import type { AccountRef } from '../../utils/wording/gateway.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { missingText } from '../../utils/wording/typed-confirmation.ts';
import { ReasonField } from '../shared/ReasonField.tsx';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { ConfirmationInput } from '../ui/ConfirmationInput.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import { LiveEnvironmentWarning } from '../ui/LiveEnvironmentWarning.tsx';
import '../shared/qr-code-details.css';
import '../ui/report.css';

interface BulkDialogProps {
  question: ConfirmationState;
  account: AccountRef;
  /** Whether a reason has to be given. */
  reasonRequired: boolean;
  actions: Pick<BulkActions, 'setTyped' | 'dismissConfirmation' | 'confirm'>;
}

/** The one question before many QR codes are cancelled; where it is many or real, a word has to be typed. */
export function BulkDialog({ question, account, reasonRequired, actions }: BulkDialogProps) {
  const { count, confirmationPhrase, phraseInput, busy, problem, columnName } = question;
  const missing = confirmationPhrase === undefined ? undefined : missingConfirmation(phraseInput, count);
  const [reason, setReason] = useState('');
  return (
    <AlertDialog
      title={plural('cancelCountTitle', count)}
      keepLabel={t('keepActive')}
      onKeep={actions.dismissConfirmation}
      confirmLabel={plural('cancelCount', count)}
      onConfirm={() => void actions.confirm(reason)}
      confirmDisabled={missing !== undefined || !isReasonSatisfied(reason, reasonRequired)}
      busyLabel={busy ? t('starting') : undefined}
    >
      {account.environment === 'LIVE' && <LiveEnvironmentWarning text={t('dialogLive')} />}
      <dl class="facts">
        <DescriptionItem label={t('detailAccount')}>
          <bdi>{account.name}</bdi>
        </DescriptionItem>
        <DescriptionItem label={t('detailEnvironment')}>
          <EnvironmentBadge environment={account.environment} />
        </DescriptionItem>
        <DescriptionItem label={t('detailCount')}>
          <strong>{formatCount(count)}</strong>
        </DescriptionItem>
        {columnName !== '' && (
          <DescriptionItem label={t('columnWithIds')}>
            <bdi class="clipped">{escapeInvisibles(columnName)}</bdi>
          </DescriptionItem>
        )}
      </dl>
      <p>{plural('bulkWarning', count)}</p>
      <ReasonField reason={reason} required={reasonRequired} disabled={busy} onReason={setReason} />
      {confirmationPhrase !== undefined && (
        <ConfirmationInput
          word={confirmationPhrase}
          typed={phraseInput}
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

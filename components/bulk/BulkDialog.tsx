import { formatCount, plural, t } from '../../utils/i18n/i18n.ts';
import { missingConfirmation } from '../../utils/review/typed-confirmation.ts';
import type { BulkActions, ConfirmationState } from '../../utils/stores/bulk-state.ts';
import { timeProblemText } from '../../utils/wording/planned.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { startProblemText } from '../../utils/wording/start-problem.ts';
import { missingText } from '../../utils/wording/typed-confirmation.ts';
import { AccountFacts, ConfirmationDialog } from '../shared/ConfirmationDialog.tsx';
import { WhenField } from '../shared/WhenField.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';

interface BulkDialogProps {
  question: ConfirmationState;
  reasonRequired: boolean;
  actions: Pick<BulkActions, 'setTyped' | 'planLater' | 'setStart' | 'dismissConfirmation' | 'confirm'>;
}

/** The confirmation before a bulk cancel. The operator has to type a phrase if the list is long or LIVE. */
export function BulkDialog({ question, reasonRequired, actions }: BulkDialogProps) {
  const { account, count, confirmationPhrase, phraseInput, busy, prepared, problem, columnName, start } =
    question;
  const timeProblem = timeProblemText(problem);
  const missing = missingConfirmation(phraseInput, count);
  return (
    <ConfirmationDialog
      title={plural('cancelCountTitle', count)}
      text={plural('bulkWarning', count)}
      liveWarning={account.environment === 'LIVE' && t('dialogLive')}
      keepLabel={t('keepActive')}
      onKeep={actions.dismissConfirmation}
      confirmLabel={plural(start ? 'planCancel' : 'cancelCount', count)}
      confirmDisabled={start?.wall === ''}
      onConfirm={(reason) => void actions.confirm(reason)}
      busyLabel={busy ? t('starting') : undefined}
      stoppable={prepared !== undefined}
      reason={{ required: reasonRequired }}
      phrase={
        confirmationPhrase === undefined
          ? undefined
          : {
              word: confirmationPhrase,
              typed: phraseInput,
              hint: missing && missing.code !== 'nothing' ? missingText(missing, count) : undefined,
              isComplete: missing === undefined,
              onTyped: actions.setTyped,
            }
      }
      facts={
        <>
          <AccountFacts account={account} />
          <DescriptionItem label={t('detailCount')}>
            <strong>{formatCount(count)}</strong>
          </DescriptionItem>
          {columnName !== '' && (
            <DescriptionItem label={t('columnWithIds')}>
              <bdi class="clipped">{escapeInvisibles(columnName)}</bdi>
            </DescriptionItem>
          )}
        </>
      }
      notes={
        <WhenField
          start={start}
          hint={start && expiryHint(question.expiries, start.wall)}
          error={timeProblem}
          disabled={busy}
          onLater={actions.planLater}
          onStart={actions.setStart}
        />
      }
    >
      {prepared !== undefined && (
        <>
          <ProgressBar label={t('jobPreparing')} value={prepared} max={count} />
          <p class="figures">{t('preparedSoFar', formatCount(prepared), formatCount(count))}</p>
        </>
      )}
      {problem && timeProblem === undefined && (
        <p class="report danger" role="alert">
          {startProblemText(problem, account)}
        </p>
      )}
    </ConfirmationDialog>
  );
}

/** How many of the codes expire by themselves before a wall time, by their times without a zone. */
function expiryHint(expiries: readonly string[], wall: string): string | undefined {
  const count = wall === '' ? 0 : expiries.filter((expiry) => expiry < wall).length;
  return count > 0 ? plural('expireBefore', count) : undefined;
}

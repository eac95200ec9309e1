import { formatCount, plural, t } from '../../utils/i18n/i18n.ts';
import { missingConfirmation } from '../../utils/review/typed-confirmation.ts';
import type { PlannedActions, PlannedQuestion } from '../../utils/stores/planned-state.ts';
import { plannedProblemText, planTimeText, timeProblemText } from '../../utils/wording/planned.ts';
import { missingText } from '../../utils/wording/typed-confirmation.ts';
import { AccountFacts, ConfirmationDialog } from '../shared/ConfirmationDialog.tsx';
import { StartTimeField } from '../shared/StartTimeField.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';

interface PlannedDialogProps {
  question: PlannedQuestion;
  actions: Pick<PlannedActions, 'setTyped' | 'setStart' | 'dismiss' | 'confirm'>;
}

/** The question before a planned job starts early, gets another time or is dropped. */
export function PlannedDialog({ question, actions }: PlannedDialogProps) {
  const { kind, job, start, busy, problem } = question;
  const { account, total } = job;
  const timeProblem = kind === 'time' ? timeProblemText(problem) : undefined;
  return (
    <ConfirmationDialog
      {...labelsOf(question)}
      liveWarning={kind === 'run' && account.environment === 'LIVE' && t('dialogLive')}
      onKeep={actions.dismiss}
      onConfirm={() => void actions.confirm()}
      confirmDisabled={kind === 'time' && start.wall === ''}
      busyLabel={busy ? t('starting') : undefined}
      phrase={phraseOf(question, actions.setTyped)}
      facts={
        <>
          <AccountFacts account={account} />
          <DescriptionItem label={t('detailCount')}>
            <strong>{formatCount(total)}</strong>
          </DescriptionItem>
          <DescriptionItem label={t('planned')}>{planTimeText(job)}</DescriptionItem>
        </>
      }
      notes={
        kind === 'time' && (
          <StartTimeField start={start} error={timeProblem} disabled={busy} onStart={actions.setStart} />
        )
      }
    >
      {problem && timeProblem === undefined && (
        <p class="report danger" role="alert">
          {plannedProblemText(problem, account)}
        </p>
      )}
    </ConfirmationDialog>
  );
}

function labelsOf({ kind, job: { total } }: PlannedQuestion) {
  switch (kind) {
    case 'run':
      return {
        title: plural('cancelCountTitle', total),
        text: plural('bulkWarning', total),
        keepLabel: t('dropKeep'),
        confirmLabel: plural('cancelCount', total),
      };
    case 'time':
      return {
        title: t('changeTimeTitle'),
        text: undefined,
        keepLabel: t('dropKeep'),
        confirmLabel: t('changeTimeConfirm'),
        confirmKind: 'primary' as const,
      };
    case 'drop':
      return {
        title: plural('dropTitle', total),
        text: t('dropText'),
        keepLabel: t('dropKeep'),
        confirmLabel: t('dropConfirm'),
        confirmKind: 'primary' as const,
      };
  }
}

function phraseOf(
  { kind, job: { total }, confirmationPhrase, phraseInput }: PlannedQuestion,
  onTyped: (typed: string) => void,
) {
  if (kind !== 'run' || confirmationPhrase === undefined) return undefined;
  const missing = missingConfirmation(phraseInput, total);
  return {
    word: confirmationPhrase,
    typed: phraseInput,
    hint: missing && missing.code !== 'nothing' ? missingText(missing, total) : undefined,
    isComplete: missing === undefined,
    onTyped,
  };
}

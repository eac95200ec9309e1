import { t } from '../../utils/i18n/i18n.ts';
import { isCountdown, type PlannedActions, type PlannedState } from '../../utils/stores/planned-state.ts';
import { StartCountdown } from '../shared/StartCountdown.tsx';
import { useNow } from '../ui/use-now.ts';
import { PlannedDialog } from './PlannedDialog.tsx';
import { PlannedRow } from './PlannedRow.tsx';
import '../ui/report.css';
import './planned.css';

interface PlannedSectionProps {
  state: PlannedState;
  actions: PlannedActions;
}

/** The jobs that wait for their time, and those that count down. Draws nothing if there are none. */
export function PlannedSection({ state, actions }: PlannedSectionProps) {
  const { jobs, question, busyJobId } = state;
  const counting = jobs.filter(isCountdown);
  const waiting = jobs.filter((job) => !isCountdown(job));
  const notice = state.notice?.();
  const error = state.error?.();
  const now = useNow(20_000);
  return (
    <>
      <p role="status" class={notice === undefined ? 'visually-hidden' : 'report neutral'}>
        {notice}
      </p>
      {error !== undefined && (
        <p class="report danger" role="alert">
          {error}
        </p>
      )}
      {counting.map((job) => (
        <StartCountdown key={job.jobId} job={job} busy={busyJobId === job.jobId} actions={actions} />
      ))}
      {waiting.length > 0 && (
        <section class="stack planned" aria-labelledby="planned-heading">
          <h2 id="planned-heading">{t('planned')}</h2>
          <ul class="planned-list" aria-labelledby="planned-heading">
            {waiting.map((job) => (
              <PlannedRow
                key={job.jobId}
                job={job}
                now={now}
                busy={busyJobId === job.jobId}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      )}
      {question && <PlannedDialog key={question.job.jobId} question={question} actions={actions} />}
    </>
  );
}

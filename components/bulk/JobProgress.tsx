import type { JobView } from '../../utils/bulk/job-view.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { jobParts } from '../../utils/wording/bulk.ts';
import { formatThroughput } from '../../utils/wording/bulk-pace.ts';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { JobButtons } from './JobButtons.tsx';
import { PausedNote } from './PausedNote.tsx';
import { SummaryParts } from './SummaryParts.tsx';

interface JobProgressProps {
  view: JobView;
  pending: BulkState['pendingCommand'];
  actions: Pick<BulkActions, 'pause' | 'resume' | 'end'>;
}

/** The progress of a job, its pace, and its buttons. */
export function JobProgress({ view, pending, actions }: JobProgressProps) {
  const { job, done, rate, secondsLeft } = view;
  const paused = job.state.kind === 'paused';
  return (
    <>
      {job.state.kind === 'paused' && <PausedNote state={job.state} account={job.account} />}
      <div class="card stack">
        <ProgressBar label={t('jobRunning')} value={done} max={job.total} />
        <div>
          <p class="figures job-figures">
            <strong>
              <SummaryParts parts={jobParts(view)} />
            </strong>
          </p>
          {!paused && <p class="figures quiet pace">{formatThroughput(rate, secondsLeft)}</p>}
        </div>
        <JobButtons state={job.state} pending={pending} actions={actions} />
        <p class="quiet">{paused ? t('jobTabPaused') : t('jobTabRunning')}</p>
      </div>
    </>
  );
}

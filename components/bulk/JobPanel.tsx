import { useRef } from 'preact/hooks';
import type { JobView } from '../../utils/bulk/job-view.ts';
import { isFinalJob } from '../../utils/model/job.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { jobParts } from '../../utils/wording/bulk.ts';
import { jobTitle } from '../../utils/wording/bulk-job.ts';
import { AccountHeading } from '../shared/AccountHeading.tsx';
import { useFocusIfBodyFocused } from '../ui/use-focus-if-body-focused.ts';
import { JobItems } from './JobItems.tsx';
import { JobProgress } from './JobProgress.tsx';
import { JobReport } from './JobReport.tsx';
import { SummaryParts } from './SummaryParts.tsx';

interface JobPanelProps {
  view: JobView;
  state: Pick<BulkState, 'pendingCommand' | 'filter'>;
  actions: BulkActions;
}

/** A running or finished job with all its codes. */
export function JobPanel({ view, state, actions }: JobPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusIfBodyFocused(heading);
  const { job } = view;
  const over = isFinalJob(job.state);
  return (
    <section class="stack bulk-panel" aria-labelledby="job-heading">
      <AccountHeading
        headingRef={heading}
        id="job-heading"
        title={jobTitle(job.state)}
        account={job.account}
      />
      <p role="status" class="bulk-summary">
        {over && <SummaryParts parts={jobParts(view)} />}
      </p>
      {over ? (
        <JobReport view={view} pending={state.pendingCommand} actions={actions} />
      ) : (
        <JobProgress view={view} pending={state.pendingCommand} actions={actions} />
      )}
      <JobItems view={view} filter={state.filter} onFilter={actions.setFilter} />
    </section>
  );
}

import { useRef } from 'preact/hooks';
import type { JobView } from '../../utils/bulk/job-view.ts';
import { isOver } from '../../utils/model/job.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { jobParts } from '../../utils/wording/bulk.ts';
import { jobTitle } from '../../utils/wording/bulk-job.ts';
import { AccountHeading } from '../shared/AccountHeading.tsx';
import { useFocusWhenLost } from '../ui/use-focus-if-body-focused.ts';
import { JobItems } from './JobItems.tsx';
import { JobProgress } from './JobProgress.tsx';
import { JobReport } from './JobReport.tsx';
import { Parts } from './SummaryParts.tsx';

interface JobPanelProps {
  view: JobView;
  state: Pick<BulkState, 'asked' | 'filter'>;
  actions: BulkActions;
}

/** A job under way, or what became of it, with every code of it. */
export function JobPanel({ view, state, actions }: JobPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusWhenLost(heading);
  const { job } = view;
  const over = isOver(job.state);
  return (
    <section class="stack bulk-panel" aria-labelledby="job-heading">
      <AccountHeading
        headingRef={heading}
        id="job-heading"
        title={jobTitle(job.state)}
        account={job.account}
      />
      <p role="status" class="bulk-summary">
        {over && <Parts parts={jobParts(view)} />}
      </p>
      {over ? (
        <JobReport view={view} asked={state.asked} actions={actions} />
      ) : (
        <JobProgress view={view} asked={state.asked} actions={actions} />
      )}
      <JobItems view={view} filter={state.filter} onFilter={actions.setFilter} />
    </section>
  );
}

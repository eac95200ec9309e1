import { isDroppedJob, isWaitingJob, type Job } from '../model/job.ts';
import { type HistoryFilters, startOfDay, validHistoryFilters } from './filters.ts';
import { groupOf, type HistoryListItem } from './group-by-job.ts';

/** A planned job without lines in the history: it was not started yet, or was dropped. */
export interface PlannedEntry {
  kind: 'planned';
  key: string;
  job: Job;
}

/**
 * Inserts the planned jobs that have no lines, at the time of their confirmation or of their drop. A job that was started
 * has lines instead.
 */
export function insertPlanned(
  shown: readonly HistoryListItem[],
  jobs: readonly Job[],
  filters: HistoryFilters,
): HistoryListItem[] {
  const matches = createPlannedMatcher(filters);
  const entries = jobs
    .filter((job) => (isWaitingJob(job) || isDroppedJob(job)) && matches(job))
    .sort((one, other) => timeOf(other) - timeOf(one));
  const merged: HistoryListItem[] = [];
  let next = 0;
  for (const item of shown) {
    const at = topLevelTime(item);
    for (let job = entries[next]; job && at !== undefined && timeOf(job) >= at; job = entries[next]) {
      merged.push(toEntry(job));
      next += 1;
    }
    merged.push(item);
  }
  return [...merged, ...entries.slice(next).map(toEntry)];
}

function toEntry(job: Job): PlannedEntry {
  return { kind: 'planned', key: `planned ${job.jobId}`, job };
}

function timeOf({ at, finishedAt }: Job): number {
  return finishedAt ?? at;
}

/** The time of a heading or of a line outside a job; `undefined` for a line under a heading. */
function topLevelTime(item: HistoryListItem): number | undefined {
  if (item.kind === 'job') return item.to;
  if (item.kind === 'unreadable' || item.kind === 'planned') return undefined;
  return groupOf(item) === undefined ? item.record.at : undefined;
}

function createPlannedMatcher(given: HistoryFilters): (job: Job) => boolean {
  const { find, outcome, action, environment, account, from, to, job: jobId } = validHistoryFilters(given);
  return (job) => {
    const text = [job.account.name, job.reason, job.operator].join('\n').toLowerCase();
    return (
      outcome === undefined &&
      (action === undefined || action === 'cancel') &&
      (find === undefined || text.includes(find.trim().toLowerCase())) &&
      (environment === undefined || job.account.environment === environment) &&
      (account === undefined || job.account.name === account) &&
      (from === undefined || timeOf(job) >= startOfDay(from)) &&
      (to === undefined || timeOf(job) < startOfDay(to, 1)) &&
      (jobId === undefined || String(job.jobId) === jobId)
    );
  };
}

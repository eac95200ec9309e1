import { isFinalJob, type JobState } from '../model/job.ts';

/** How far a job is, for the few characters on the toolbar's icon. 100 % is kept for what is done. */
export function percentBadge(done: number, total: number): string {
  return `${Math.min(99, Math.floor((100 * done) / total))}%`;
}

/** What the toolbar's icon says of a job's state; `undefined` where its progress says it. */
export function stateBadge(state: JobState): string | undefined {
  if (isFinalJob(state)) return '';
  return state.kind === 'paused' ? 'II' : undefined;
}

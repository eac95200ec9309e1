import { isFinalJob, type JobState } from '../model/job.ts';

/** A job's progress for the toolbar icon, which has room for a few characters. 100 % is shown after the end only. */
export function percentBadge(done: number, total: number): string {
  return `${Math.min(99, Math.floor((100 * done) / total))}%`;
}

/** The badge of a job's state on the toolbar icon; `undefined` if the badge shows the progress instead. */
export function stateBadge(state: JobState): string | undefined {
  if (isFinalJob(state)) return '';
  return state.kind === 'paused' ? 'II' : undefined;
}

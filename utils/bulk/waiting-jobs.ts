import type { WriteTransaction } from '../journal/schema.ts';
import {
  isFinalJob,
  isWaitingJob,
  type Job,
  type JobNotice,
  type JobState,
  noticeOf,
  type WaitingJob,
} from '../model/job.ts';
import type { PlannedTime } from '../model/planned-time.ts';
import { JobInProgressError } from './job-creation.ts';
import { transitionJob } from './job-lease.ts';

/**
 * Decides the next state of a job that waits, as it is on disk; `undefined` leaves it. `openJob` is the job that was
 * started and is not over. Runs within the transaction, so that no other change comes between the decision and its write.
 */
export type DecideWaiting = (job: WaitingJob, openJob: Job | undefined) => JobState | undefined;

/** Moves a job that waits to the decided state, and returns it; `undefined` if it does not wait any more. */
export async function changeWaitingJob(
  writing: WriteTransaction,
  jobId: number,
  browserSession: string,
  decide: DecideWaiting,
  now: number,
): Promise<Job | undefined> {
  const store = writing.objectStore('jobs');
  const [job, openJob] = await Promise.all([store.get(jobId), store.index('open').get(1)]);
  if (!job || !isWaitingJob(job)) return undefined;
  const next = nextWaitingJob(job, openJob, browserSession, decide, now);
  if (next !== job) await store.put(next);
  return next;
}

/** The job in the decided state; the same object if it stays as it is. Throws if a second job would be open. */
export function nextWaitingJob(
  job: WaitingJob,
  openJob: Job | undefined,
  browserSession: string,
  decide: DecideWaiting,
  now: number,
): Job {
  const state = decide(job, openJob);
  if (!state) return job;
  const next = { ...transitionJob(job, state, now), browserSession, revision: job.revision + 1 };
  if (!isWaitingJob(next)) {
    if (openJob && !isFinalJob(state)) throw new JobInProgressError();
    return next;
  }
  return { ...next, planned: pickPlan(next.state) };
}

/** Records that the notice was shown, unless the job's state has another notice by now. */
export async function markTold(writing: WriteTransaction, jobId: number, notice: JobNotice): Promise<void> {
  const job = await writing.objectStore('jobs').get(jobId);
  if (job && noticeOf(job) === notice) await writing.objectStore('jobs').put({ ...job, told: notice });
}

/** The confirmed time of a state. */
export function pickPlan({ at, wall, zone, waitSeconds }: PlannedTime): PlannedTime {
  return { at, wall, zone, ...(waitSeconds === undefined ? {} : { waitSeconds }) };
}

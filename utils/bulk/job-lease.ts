import type { WriteTransaction } from '../journal/schema.ts';
import {
  assertJobTransition,
  isFinalJob,
  isOpenJob,
  isWaitingJob,
  type Job,
  type JobState,
} from '../model/job.ts';
import type { UnknownItem } from '../model/job-item.ts';
import { INTERRUPTED_OUTCOME } from './item-transitions.ts';
import { loadOpenItems, saveItems, transitionItem } from './job-items.ts';
import { jobKeyRange } from './job-reader.ts';

/** A runner's right to write to a job. The next runner's lease has a higher epoch and invalidates it. */
export interface Lease {
  jobId: number;
  epoch: number;
}

export interface AcquiredLease {
  lease: Lease;
  /** The items whose result a read must determine. */
  unknown: UnknownItem[];
  /** How many items are not in a final state. */
  unfinished: number;
}

/** Thrown to a runner if another runner has acquired its job, or the job is over. */
export class LeaseLostError extends Error {}

/**
 * Loads a job for writing. Throws {@link LeaseLostError} if it is over or was not started yet, or if its epoch is not the
 * given one.
 */
export async function loadOpenJob(writing: WriteTransaction, jobId: number, epoch?: number): Promise<Job> {
  const job = await writing.objectStore('jobs').get(jobId);
  if (!job || !isOpenJob(job.state) || (epoch !== undefined && job.epoch !== epoch))
    throw new LeaseLostError();
  return job;
}

/** Returns the job in its next state. Throws if the table of transitions does not allow it. */
export function transitionJob(job: Job, state: JobState, at: number): Job {
  assertJobTransition(job.state, state);
  const { openFlag: _, told: __, ...rest } = job;
  if (isFinalJob(state)) return { ...rest, state, finishedAt: at };
  const next = { ...rest, state };
  return { ...next, openFlag: isWaitingJob(next) ? 2 : 1 };
}

/** Gives the job to a new runner. The items that an earlier runner had in flight become `unresolved`. */
export async function acquireLease(
  writing: WriteTransaction,
  jobId: number,
  browserSession: string,
  state: JobState,
  now: number,
): Promise<AcquiredLease> {
  const job = await loadOpenJob(writing, jobId);
  const revision = job.revision + 1;
  const interrupted = (await loadOpenItems(writing, jobId, 'in-flight')).map((item) =>
    transitionItem(item, { kind: 'unresolved', fallbackOutcome: INTERRUPTED_OUTCOME }, revision),
  );
  const unknown = [...(await loadOpenItems(writing, jobId, 'unresolved')), ...interrupted];
  await saveItems(writing, job, interrupted, now);
  const epoch = job.epoch + 1;
  await writing
    .objectStore('jobs')
    .put({ ...transitionJob(job, state, now), epoch, revision, browserSession });
  return {
    lease: { jobId, epoch },
    unknown: unknown as UnknownItem[],
    unfinished: await writing.objectStore('items').index('open').count(jobKeyRange(jobId)),
  };
}

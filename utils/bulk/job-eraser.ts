import type { WriteTransaction } from '../journal/schema.ts';
import { isFinalJob, type Job } from '../model/job.ts';
import { jobKeyRange } from './job-reader.ts';

/** Which jobs to delete: every job, or only those that are over. */
export type ErasableJobs = 'over' | 'all';

/** Deletes jobs with their items. With `over`, only jobs that finished before `before` (epoch ms). */
export async function eraseJobs(
  writing: WriteTransaction,
  which: ErasableJobs,
  before = Number.POSITIVE_INFINITY,
): Promise<void> {
  const jobs = await writing.objectStore('jobs').getAll();
  const isErasable = ({ state, finishedAt = 0 }: Job) =>
    which === 'all' || (isFinalJob(state) && finishedAt < before);
  for (const { jobId } of jobs.filter(isErasable)) await deleteJob(writing, jobId);
}

/** Deletes a job with its items. */
export async function deleteJob(writing: WriteTransaction, jobId: number): Promise<void> {
  await writing.objectStore('jobs').delete(jobId);
  await writing.objectStore('items').delete(jobKeyRange(jobId));
}

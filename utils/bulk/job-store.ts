import { runDurableTransaction } from '../journal/database.ts';
import type { Journal, WriteTransaction } from '../journal/schema.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import { type GetOperator, NO_OPERATOR } from '../model/attempt.ts';
import type { Job, JobState, JobSubject } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import { type Commit, type Committed, commitToJob, recordResend } from './job-commit.ts';
import { type Counts, countItems } from './job-counts.ts';
import { createJob } from './job-creation.ts';
import { type ErasableJobs, eraseJobs } from './job-eraser.ts';
import { recordRecheck } from './job-items.ts';
import { type AcquiredLease, acquireLease, type Lease } from './job-lease.ts';
import { readJob } from './job-reader.ts';

/**
 * The journal's jobs. Each write is one transaction with strict durability, and obeys the tables of transitions. Every
 * method rejects if the journal can't be used.
 */
export interface JobStore {
  /** Rejects with `JobInProgressError` if another job is open. */
  create(
    account: AccountRef,
    codes: readonly JobSubject[],
    browserSession: string,
    reason?: string,
    column?: string,
  ): Promise<Job>;
  /** The job that is not over, if any. */
  open(): Promise<Job | undefined>;
  get(jobId: number): Promise<Job | undefined>;
  /**
   * Gives the job to a new runner, in the given state or running. The items that an earlier runner had in flight become
   * `unresolved`. Rejects with `LeaseLostError` if the job is over.
   */
  acquireLease(jobId: number, browserSession: string, state?: JobState): Promise<AcquiredLease>;
  /** Writes all of it or nothing. If it ends the job, every open item that was sent gets its fallback outcome. */
  commit(lease: Lease, commit: Commit): Promise<Committed>;
  /** Counts one more send of an item before it leaves. If this rejects, the request must not leave. */
  recordResend(lease: Lease, number: number): Promise<void>;
  item(jobId: number, number: number): Promise<Item | undefined>;
  counts(jobId: number): Promise<Counts>;
  /** Records the status that a check found after the job. The item's outcome stays. */
  recordRecheck(jobId: number, number: number, status: string): Promise<void>;
  /** Deletes every job, or the jobs that were over before a moment (epoch ms). */
  deleteJobs(which: ErasableJobs, before?: number): Promise<void>;
}

/** Creates the store of jobs in the journal. */
export function createJobStore(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: GetOperator = NO_OPERATOR,
): JobStore {
  const write = async <Result>(work: (writing: WriteTransaction) => Promise<Result>) =>
    runDurableTransaction(await open(), ['jobs', 'items', 'history', 'chain'], work);
  return {
    async create(account, codes, browserSession, reason, column) {
      const operator = await readOperator();
      return write((writing) =>
        createJob(writing, { account, codes, browserSession, reason, column, operator, at: clock.now() }),
      );
    },
    open: async () => (await open()).getFromIndex('jobs', 'open', 1),
    get: async (jobId) => readJob(await open(), jobId),
    acquireLease: (jobId, browserSession, state = { kind: 'running' }) =>
      write((writing) => acquireLease(writing, jobId, browserSession, state, clock.now())),
    commit: (lease, commit) => write((writing) => commitToJob(writing, lease, commit, clock.now())),
    recordResend: (lease, number) => write((writing) => recordResend(writing, lease, number)),
    item: async (jobId, number) => (await open()).get('items', [jobId, number]),
    counts: async (jobId) => countItems(await open(), jobId),
    recordRecheck: (jobId, number, status) =>
      write((writing) => recordRecheck(writing, jobId, number, { status, at: clock.now() })),
    deleteJobs: (which, before) => write((writing) => eraseJobs(writing, which, before)),
  };
}

import { runDurableTransaction } from '../journal/database.ts';
import type { Journal, WriteTransaction } from '../journal/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { runOnce } from '../lib/run-once.ts';
import type { AccountRef } from '../model/account.ts';
import { type GetOperator, NO_OPERATOR } from '../model/attempt.ts';
import type { Job, JobNotice, JobState, JobSubject, WaitingJob } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import { type Commit, type Committed, commitToJob, recordResend } from './job-commit.ts';
import { type Counts, countItems, includesCode } from './job-counts.ts';
import { createJob, dropPrepared, type JobDetails, type NewPart, prepareJob } from './job-creation.ts';
import { type ErasableJobs, eraseJobs } from './job-eraser.ts';
import { recordRecheck } from './job-items.ts';
import { type AcquiredLease, acquireLease, type Lease } from './job-lease.ts';
import { loadWaitingJobs, readJob } from './job-reader.ts';
import { changeWaitingJob, type DecideWaiting, markTold } from './waiting-jobs.ts';

/**
 * The journal's jobs. Each write is one transaction with strict durability, and obeys the tables of transitions. Every
 * method rejects if the journal can't be used.
 */
export interface JobStore {
  /**
   * Writes a part of a list before its confirmation, and returns the ID of its job. A confirmation with `create` is needed
   * for anything more to happen with it. Rejects with `NotPreparedError` if this worker does not prepare that job.
   */
  prepare(part: Omit<NewPart, 'at'>): Promise<number>;
  /** Deletes a job in preparation; without an ID those that an earlier worker left, once for each worker. */
  dropPrepared(jobId?: number): Promise<void>;
  /**
   * Creates a confirmed job. Rejects with `JobInProgressError` if it starts now and another one is open, and with
   * `NotPreparedError` if a part of its list is missing.
   */
  create(
    account: AccountRef,
    codes: readonly JobSubject[],
    browserSession: string,
    details?: JobDetails,
  ): Promise<Job>;
  /** The job that was started and is not over, if any. */
  open(): Promise<Job | undefined>;
  /** The planned jobs that were not started, in no order. */
  waiting(): Promise<WaitingJob[]>;
  /** Moves a job that waits to the state that `decide` returns. Returns it, or `undefined` if it does not wait any more. */
  changeWaiting(jobId: number, browserSession: string, decide: DecideWaiting): Promise<Job | undefined>;
  /** Records that the notice of a planned job was shown, unless its state has changed since. */
  markTold(jobId: number, notice: JobNotice): Promise<void>;
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
  /** Whether a code is among the job's. Reads the whole job, if it is not. */
  includes(jobId: number, qrCodeId: string): Promise<boolean>;
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
  /** A part that comes after its worker has stopped finds no job, whether the next worker's start drops it before or after. */
  const dropAbandoned = runOnce(() => write(dropPrepared));
  return {
    async prepare(part) {
      await dropAbandoned();
      return write((writing) => prepareJob(writing, { ...part, at: clock.now() }));
    },
    dropPrepared: (jobId) =>
      jobId === undefined ? dropAbandoned() : write((writing) => dropPrepared(writing, jobId)),
    async create(account, codes, browserSession, details) {
      if (details?.prepared) await dropAbandoned();
      const operator = await readOperator();
      return write((writing) =>
        createJob(writing, { ...details, account, codes, browserSession, operator, at: clock.now() }),
      );
    },
    waiting: async () => loadWaitingJobs(await open()),
    changeWaiting: (jobId, browserSession, decide) =>
      write((writing) => changeWaitingJob(writing, jobId, browserSession, decide, clock.now())),
    markTold: (jobId, notice) => write((writing) => markTold(writing, jobId, notice)),
    open: async () => (await open()).getFromIndex('jobs', 'open', 1),
    get: async (jobId) => readJob(await open(), jobId),
    acquireLease: (jobId, browserSession, state = { kind: 'running' }) =>
      write((writing) => acquireLease(writing, jobId, browserSession, state, clock.now())),
    commit: (lease, commit) => write((writing) => commitToJob(writing, lease, commit, clock.now())),
    recordResend: (lease, number) => write((writing) => recordResend(writing, lease, number)),
    includes: async (jobId, qrCodeId) => includesCode(await open(), jobId, qrCodeId),
    item: async (jobId, number) => (await open()).get('items', [jobId, number]),
    counts: async (jobId) => countItems(await open(), jobId),
    recordRecheck: (jobId, number, status) =>
      write((writing) => recordRecheck(writing, jobId, number, { status, at: clock.now() })),
    deleteJobs: (which, before) => write((writing) => eraseJobs(writing, which, before)),
  };
}

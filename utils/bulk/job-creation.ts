import type { WriteTransaction } from '../journal/schema.ts';
import type { AccountRef } from '../model/account.ts';
import { type OperatorInfo, pickSummary, type StartedBy } from '../model/attempt.ts';
import { assertJobTransition, type Job, type JobSubject, type PreparedPart } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { PlannedTime } from '../model/planned-time.ts';
import { deleteJob } from './job-eraser.ts';
import { jobKeyRange } from './job-reader.ts';

/** Thrown if a job is created while another one is still open. */
export class JobInProgressError extends Error {}

/** Thrown if the part of the list that was written before is not there, or not complete. */
export class NotPreparedError extends Error {}

/** What the operator confirmed besides the account and the codes. */
export interface JobDetails {
  reason?: string | undefined;
  /** The heading of the column that the ids are from. */
  column?: string | undefined;
  /** The page or control that started it; the workbench if absent. */
  startedBy?: StartedBy | undefined;
  /** The time of its start; now if absent. */
  planned?: PlannedTime | undefined;
  /** The part of the list before the given codes; none if absent. */
  prepared?: PreparedPart | undefined;
}

/** A list of codes that the operator confirmed. */
export interface NewJob extends JobDetails {
  account: AccountRef;
  codes: readonly JobSubject[];
  browserSession: string;
  operator: OperatorInfo;
  /** Epoch milliseconds. */
  at: number;
}

/** A part of a list before its confirmation. */
export interface NewPart extends Pick<NewJob, 'account' | 'codes' | 'prepared' | 'at'> {
  /** The number of codes of the whole list. */
  total: number;
}

/**
 * Writes a part of a list, and returns its job. The first part creates the job, which replaces any other in preparation.
 * The same part may be written again. Throws {@link NotPreparedError} if the job is gone or confirmed, or the part does not
 * fit.
 */
export async function prepareJob(
  writing: WriteTransaction,
  { account, total, codes, prepared, at }: NewPart,
): Promise<number> {
  if (prepared) {
    const { state } = await loadPrepared(writing, prepared, account, total);
    if (state.kind !== 'preparing' || prepared.count + codes.length > total) throw new NotPreparedError();
    await putItems(writing, prepared.jobId, prepared.count, codes);
    return prepared.jobId;
  }
  await dropPrepared(writing);
  const { id, name, environment } = account;
  const job = {
    at,
    account: { id, name, environment },
    prepared: true,
    total,
    state: { kind: 'preparing' },
    epoch: 0,
    revision: 1,
    browserSession: '',
    openFlag: 3,
  } satisfies Omit<Job, 'jobId'>;
  const jobId = await writing.objectStore('jobs').add(job as unknown as Job);
  await putItems(writing, jobId, 0, codes);
  return jobId;
}

/** Deletes the jobs in preparation, or only this one, with their items. */
export async function dropPrepared(writing: WriteTransaction, jobId?: number): Promise<void> {
  for (const key of await writing.objectStore('jobs').index('open').getAllKeys(3))
    if (jobId === undefined || key === jobId) await deleteJob(writing, key);
}

/**
 * Writes a confirmed job with its items, after the part that was prepared, if any. If it was confirmed already, only returns
 * it. Throws {@link JobInProgressError} if it starts now and another job is open, and {@link NotPreparedError} unless exactly
 * its codes are written then.
 */
export async function createJob(
  writing: WriteTransaction,
  { account, codes, browserSession, reason, column, startedBy, planned, prepared, operator, at }: NewJob,
): Promise<Job> {
  const { id, name, environment } = account;
  const total = (prepared?.count ?? 0) + codes.length;
  const state: Job['state'] = planned ? { kind: 'scheduled', ...planned } : { kind: 'running' };
  if (prepared) {
    const before = await loadPrepared(writing, prepared, account, total);
    if (before.state.kind !== 'preparing') return before;
    assertJobTransition(before.state, state);
  }
  const jobs = writing.objectStore('jobs');
  if (!planned && (await jobs.index('open').count(1))) throw new JobInProgressError();
  const job = {
    at,
    account: { id, name, environment },
    ...(reason ? { reason } : {}),
    ...(column ? { column } : {}),
    ...(startedBy ? { startedBy } : {}),
    ...(planned ? { planned } : {}),
    ...(prepared ? { prepared: true, jobId: prepared.jobId } : {}),
    ...operator,
    total,
    state,
    epoch: 0,
    revision: 1,
    browserSession,
    openFlag: planned ? 2 : 1,
  } satisfies Omit<Job, 'jobId'>;
  const jobId = await jobs.put(job as unknown as Job);
  await putItems(writing, jobId, total - codes.length, codes);
  if (prepared && (await writing.objectStore('items').count(jobKeyRange(jobId))) !== total)
    throw new NotPreparedError();
  return { ...job, jobId };
}

/** Loads a job that is or was prepared for this account and number of codes. Throws {@link NotPreparedError} without one. */
async function loadPrepared(
  writing: WriteTransaction,
  { jobId }: PreparedPart,
  account: AccountRef,
  total: number,
): Promise<Job> {
  const job = await writing.objectStore('jobs').get(jobId);
  if (!job?.prepared || job.account.id !== account.id || job.total !== total) throw new NotPreparedError();
  return job;
}

/** Writes codes as items, after the first `count` of the list. */
async function putItems(
  writing: WriteTransaction,
  jobId: number,
  count: number,
  codes: readonly JobSubject[],
): Promise<void> {
  await Promise.all(
    codes.map(({ qrCodeId, ...subject }, index) =>
      writing.objectStore('items').put({
        jobId,
        position: count + index + 1,
        qrCodeId,
        ...pickSummary(subject),
        state: { kind: 'pending' },
        open: 'pending',
        sendings: 0,
        revision: 1,
      } satisfies Item),
    ),
  );
}

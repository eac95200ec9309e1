import type { WriteTransaction } from '../journal/schema.ts';
import type { AccountRef } from '../model/account.ts';
import { type OperatorInfo, pickSummary } from '../model/attempt.ts';
import type { Job, JobSubject } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';

/** Thrown if a job is created while another one is still open. */
export class JobInProgressError extends Error {}

/** A list of codes that the operator confirmed. */
export interface NewJob {
  account: AccountRef;
  codes: readonly JobSubject[];
  browserSession: string;
  reason?: string | undefined;
  /** The heading of the column that the ids are from. */
  column?: string | undefined;
  operator: OperatorInfo;
  /** Epoch milliseconds. */
  at: number;
}

/** Writes a job with its items. Throws {@link JobInProgressError} if another job is open. */
export async function createJob(
  writing: WriteTransaction,
  { account, codes, browserSession, reason, column, operator, at }: NewJob,
): Promise<Job> {
  if (await writing.objectStore('jobs').index('open').count()) throw new JobInProgressError();
  const { id, name, environment } = account;
  const job = {
    at,
    account: { id, name, environment },
    ...(reason ? { reason } : {}),
    ...(column ? { column } : {}),
    ...operator,
    total: codes.length,
    state: { kind: 'running' },
    epoch: 0,
    revision: 1,
    browserSession,
    openFlag: 1,
  } satisfies Omit<Job, 'jobId'>;
  const jobId = await writing.objectStore('jobs').add(job as unknown as Job);
  await Promise.all(
    codes.map(({ qrCodeId, ...subject }, index) =>
      writing.objectStore('items').add({
        jobId,
        position: index + 1,
        qrCodeId,
        ...pickSummary(subject),
        state: { kind: 'pending' },
        open: 'pending',
        sendings: 0,
        revision: 1,
      } satisfies Item),
    ),
  );
  return { ...job, jobId };
}

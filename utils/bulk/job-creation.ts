import type { WriteTransaction } from '../journal/schema.ts';
import type { AccountRef } from '../model/account.ts';
import { type OperatorInfo, pickSummary, type StartedBy } from '../model/attempt.ts';
import type { Job, JobSubject } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { PlannedTime } from '../model/planned-time.ts';

/** Thrown if a job is created while another one is still open. */
export class JobInProgressError extends Error {}

/** What the operator confirmed besides the account and the codes. */
export interface JobDetails {
  reason?: string | undefined;
  /** The heading of the column that the ids are from. */
  column?: string | undefined;
  /** The page or control that started it; the workbench if absent. */
  startedBy?: StartedBy | undefined;
  /** The time of its start; now if absent. */
  planned?: PlannedTime | undefined;
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

/** Writes a job with its items. Throws {@link JobInProgressError} if it starts now and another job is open. */
export async function createJob(
  writing: WriteTransaction,
  { account, codes, browserSession, reason, column, startedBy, planned, operator, at }: NewJob,
): Promise<Job> {
  if (!planned && (await writing.objectStore('jobs').index('open').count(1))) throw new JobInProgressError();
  const { id, name, environment } = account;
  const job = {
    at,
    account: { id, name, environment },
    ...(reason ? { reason } : {}),
    ...(column ? { column } : {}),
    ...(startedBy ? { startedBy } : {}),
    ...(planned ? { planned } : {}),
    ...operator,
    total: codes.length,
    state: planned ? { kind: 'scheduled', ...planned } : { kind: 'running' },
    epoch: 0,
    revision: 1,
    browserSession,
    openFlag: planned ? 2 : 1,
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

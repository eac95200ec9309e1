import { JobInProgressError, NotPreparedError } from '../../../utils/bulk/job-creation.ts';
import { troubleOf } from '../../../utils/journal/journal-trouble.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { systemLocalTime } from '../../../utils/lib/local-time.ts';
import type { Request, StartBulkResult, StartJobError } from '../../../utils/messaging/protocol.ts';
import type { AccountRef } from '../../../utils/model/account.ts';
import { type PlannedTime, type PlanProblem, planTime, planWait } from '../../../utils/model/planned-time.ts';
import { isQrCodeId } from '../../../utils/qr-code-id/id.ts';
import type { Services } from '../services.ts';
import { findStartProblem } from './start-problem.ts';

/**
 * Starts a job for the confirmed account and codes, now, after a wait or at a time; or returns the reason it may not. Throws
 * if the ids are invalid, or repeated within the message.
 */
export async function startJob(services: Services, request: Request<'startJob'>): Promise<StartBulkResult> {
  const { codes, prepared, reason, column, startedBy } = request;
  const total = (prepared?.count ?? 0) + codes.length;
  return forAccount(services, { ...request, total }, async (account) => {
    const planned = planOf(request);
    if (planned && 'code' in planned) return planned;
    const details = { reason, column, startedBy, prepared };
    return planned
      ? (await services.planned.schedule(account, codes, planned, details)).jobId
      : services.bulk.start(account, codes, details);
  });
}

/** Writes a part of a list before its confirmation, by the rules of `startJob`; nothing is sent of it. */
export function prepareJob(services: Services, request: Request<'prepareJob'>): Promise<StartBulkResult> {
  return forAccount(services, request, (account) => services.jobs.prepare({ ...request, account }));
}

/** Runs `work`, which returns the job's ID, if a list of `total` codes may be cancelled now. */
async function forAccount(
  services: Services,
  { accountId, codes, ...list }: Omit<Request<'prepareJob'>, 'prepared'>,
  work: (account: AccountRef) => Promise<number | StartJobError>,
): Promise<StartBulkResult> {
  const found = await findStartProblem(services, accountId, list);
  const account = await services.accounts.find(accountId);
  if (found || !account) return { ok: false, problem: found ?? { code: 'no-account' } };
  const ids = new Set(codes.map(({ qrCodeId }) => qrCodeId));
  if (ids.size !== codes.length || ![...ids].every(isQrCodeId)) throw new Error('Invalid or repeated ids');
  const result = await work(account).catch(problemOf);
  return typeof result === 'number' ? { ok: true, jobId: result } : { ok: false, problem: result };
}

function problemOf(error: unknown): StartJobError {
  if (error instanceof JobInProgressError) return { code: 'another-job' };
  if (error instanceof NotPreparedError) return { code: 'interrupted' };
  return { code: 'journal-unavailable', trouble: troubleOf(error) };
}

/** The time of the start; `undefined` if that is now. */
function planOf({ at, waitSeconds }: Request<'startJob'>): PlannedTime | PlanProblem | undefined {
  if (at) return planTime(at, systemLocalTime, systemClock.now());
  return waitSeconds ? planWait(waitSeconds, systemLocalTime, systemClock.now()) : undefined;
}

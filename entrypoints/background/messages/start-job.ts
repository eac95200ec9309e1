import { troubleOf } from '../../../utils/journal/journal-trouble.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { systemLocalTime } from '../../../utils/lib/local-time.ts';
import type { Request, StartBulkResult } from '../../../utils/messaging/protocol.ts';
import type { AccountRef } from '../../../utils/model/account.ts';
import { type PlannedTime, type PlanProblem, planTime, planWait } from '../../../utils/model/planned-time.ts';
import { isQrCodeId } from '../../../utils/qr-code-id/id.ts';
import type { Services } from '../services.ts';
import { findStartProblem } from './start-problem.ts';

/**
 * Starts a job for the confirmed account and codes, now, after a wait or at a time; or returns the reason it may not. Throws
 * if the ids are invalid or repeated.
 */
export async function startJob(services: Services, request: Request<'startJob'>): Promise<StartBulkResult> {
  const { accountId, codes, reason, column } = request;
  const problem = await findStartProblem(services, accountId, { total: codes.length, reason });
  const account = await services.accounts.find(accountId);
  if (problem || !account) return { ok: false, problem: problem ?? { code: 'no-account' } };
  const ids = new Set(codes.map(({ qrCodeId }) => qrCodeId));
  if (ids.size !== codes.length || ![...ids].every(isQrCodeId)) throw new Error('Invalid or repeated ids');
  const planned = planOf(request);
  if (planned && 'code' in planned) return { ok: false, problem: planned };
  if (planned) return scheduleJob(services, account, planned, request);
  const started = await services.bulk.start(account, codes, reason, column);
  if (started.ok) return started;
  const { reason: code } = started;
  return { ok: false, problem: code === 'another-job' ? { code } : { code, trouble: started.trouble } };
}

/** The time of the start; `undefined` if that is now. */
function planOf({ at, waitSeconds }: Request<'startJob'>): PlannedTime | PlanProblem | undefined {
  if (at) return planTime(at, systemLocalTime, systemClock.now());
  return waitSeconds ? planWait(waitSeconds, systemLocalTime, systemClock.now()) : undefined;
}

async function scheduleJob(
  { planned: scheduler }: Services,
  account: AccountRef,
  planned: PlannedTime,
  { codes, reason, column, startedBy }: Request<'startJob'>,
): Promise<StartBulkResult> {
  try {
    const { jobId } = await scheduler.schedule(account, codes, planned, { reason, column, startedBy });
    return { ok: true, jobId };
  } catch (error) {
    return { ok: false, problem: { code: 'journal-unavailable', trouble: troubleOf(error) } };
  }
}

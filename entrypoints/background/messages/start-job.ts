import type { Request, StartBulkResult } from '../../../utils/messaging/protocol.ts';
import { isReasonSatisfied } from '../../../utils/model/reason.ts';
import { isQrCodeId } from '../../../utils/qr-code-id/id.ts';
import type { Services } from '../services.ts';

/** Starts a job for the confirmed account and codes, or returns the reason it may not start. Throws if the ids are invalid or repeated. */
export async function startJob(
  { bulk, accounts, readPolicy, vault }: Services,
  { accountId, codes, reason, column }: Request<'startJob'>,
): Promise<StartBulkResult> {
  const account = await accounts.find(accountId);
  if (!account) return { ok: false, problem: { code: 'no-account' } };
  const { environments, maxJobSize = Number.POSITIVE_INFINITY, requireReason } = await readPolicy();
  // With a limit below 1, no list would be short enough.
  if (!environments.includes(account.environment) || maxJobSize < 1)
    return { ok: false, problem: { code: 'forbidden' } };
  if (codes.length > maxJobSize) return { ok: false, problem: { code: 'too-many', limit: maxJobSize } };
  if (!isReasonSatisfied(reason, requireReason)) return { ok: false, problem: { code: 'no-reason' } };
  if ((await vault.state()).status !== 'open') return { ok: false, problem: { code: 'locked' } };
  const ids = new Set(codes.map(({ qrCodeId }) => qrCodeId));
  if (ids.size !== codes.length || ![...ids].every(isQrCodeId)) throw new Error('Invalid or repeated ids');
  const started = await bulk.start(account, codes, reason, column);
  if (started.ok) return started;
  const { reason: code } = started;
  return { ok: false, problem: code === 'another-job' ? { code } : { code, trouble: started.trouble } };
}

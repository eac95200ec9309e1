import type { AccountService } from '../../../utils/accounts/account-service.ts';
import type { StartJobError } from '../../../utils/messaging/protocol.ts';
import type { Job } from '../../../utils/model/job.ts';
import { isReasonSatisfied } from '../../../utils/model/reason.ts';
import type { Policy } from '../../../utils/settings/policy.ts';
import type { Vault } from '../../../utils/vault/vault.ts';

export interface StartChecks {
  accounts: Pick<AccountService, 'find'>;
  readPolicy: () => Promise<Policy>;
  vault: Pick<Vault, 'state'>;
}

/** Why a job may not start with the present accounts, policy and keys; `undefined` if it may. */
export async function findStartProblem(
  { accounts, readPolicy, vault }: StartChecks,
  accountId: string,
  { total, reason }: Pick<Job, 'total'> & { reason?: string | undefined },
): Promise<StartJobError | undefined> {
  const account = await accounts.find(accountId);
  if (!account) return { code: 'no-account' };
  const { environments, maxJobSize = Number.POSITIVE_INFINITY, requireReason } = await readPolicy();
  // With a limit below 1, no list would be short enough.
  if (!environments.includes(account.environment) || maxJobSize < 1) return { code: 'forbidden' };
  if (total > maxJobSize) return { code: 'too-many', limit: maxJobSize };
  if (!isReasonSatisfied(reason, requireReason)) return { code: 'no-reason' };
  if ((await vault.state()).status !== 'open') return { code: 'locked' };
  return undefined;
}

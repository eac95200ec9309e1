import type { EnKashClient } from '../enkash/client.ts';
import type { Account } from '../model/account.ts';
import type { AttemptStore, CancelAttempt } from '../model/attempt.ts';
import type { Outcome } from '../model/outcome.ts';
import { outcomeByRead } from './resolve-outcome.ts';

export interface SettleDeps {
  client: EnKashClient;
  attempts: AttemptStore;
  /** Whether an account is still in this browser. */
  hasAccount(accountId: string): Promise<boolean>;
}

export interface SettledAttempt {
  outcome: Outcome;
}

/**
 * Settles an attempt that the end of the worker cut short: reads the code and writes down what it says.
 * Never sends the cancel again. Stays open (`undefined`) where nothing can be asked now: locked, offline,
 * no keys. It is tried again with the next start, and when the keys are there. If its account was removed there will
 * be no keys: then it ends as not confirmed, unread.
 */
export async function settleInterrupted(
  { client, attempts, hasAccount }: SettleDeps,
  attempt: CancelAttempt,
): Promise<SettledAttempt | undefined> {
  const account: Account = {
    id: attempt.accountId,
    name: attempt.accountName,
    environment: attempt.environment,
  };
  if (!(await hasAccount(account.id))) {
    const unread = { kind: 'unconfirmed', reason: 'interrupted', accountRemoved: true } as const;
    await attempts.settle(attempt.attemptId, unread);
    return { outcome: unread };
  }
  const read = await client.getQrCode(account, attempt.qrCodeId);
  if (read.kind === 'not-sent') return undefined;
  const outcome = outcomeByRead({ kind: 'unclear', reason: 'interrupted' }, read);
  await attempts.settle(attempt.attemptId, outcome, read.kind === 'answered' ? read.payload : undefined);
  return { outcome };
}

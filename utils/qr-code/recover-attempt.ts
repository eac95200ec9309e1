import type { EnKashClient } from '../enkash/client.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import { accountOf, type CancelAttempt } from '../model/attempt.ts';
import type { Outcome } from '../model/outcome.ts';
import { outcomeFromRead } from './resolve-outcome.ts';

export interface RecoverDeps {
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
export async function recoverAttempt(
  { client, attempts, hasAccount }: RecoverDeps,
  attempt: CancelAttempt,
): Promise<SettledAttempt | undefined> {
  const account = accountOf(attempt);
  if (!(await hasAccount(account.id))) {
    const unread = { kind: 'unconfirmed', reason: 'interrupted', accountRemoved: true } as const;
    await attempts.completeCancel(attempt.attemptId, unread);
    return { outcome: unread };
  }
  const read = await client.getQrCode(account, attempt.qrCodeId);
  if (read.kind === 'not-sent') return undefined;
  const outcome = outcomeFromRead({ kind: 'ambiguous', reason: 'interrupted' }, read);
  await attempts.completeCancel(
    attempt.attemptId,
    outcome,
    read.kind === 'answered' ? read.payload : undefined,
  );
  return { outcome };
}

import type { Account } from '../enkash/account.ts';
import type { EnKashClient } from '../enkash/client.ts';
import type { AttemptStore, CancelAttempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { outcomeByRead } from './settle.ts';

export interface SettleDeps {
  client: EnKashClient;
  attempts: AttemptStore;
}

export interface SettledAttempt {
  outcome: Outcome;
}

/**
 * Settles an attempt that the end of the worker cut short: reads the code and writes down what it says.
 * Never sends the cancel again. Stays open (`undefined`) where nothing can be asked now: locked, offline,
 * no keys. It is tried again with the next start, and when the keys are there.
 */
export async function settleInterrupted(
  { client, attempts }: SettleDeps,
  attempt: CancelAttempt,
): Promise<SettledAttempt | undefined> {
  const account: Account = {
    id: attempt.accountId,
    name: attempt.accountName,
    environment: attempt.environment,
  };
  const read = await client.getQrCode(account, attempt.qrCodeId);
  if (read.kind === 'not-sent') return undefined;
  const outcome = outcomeByRead({ kind: 'unclear', reason: 'interrupted' }, read);
  await attempts.settle(attempt.attemptId, outcome, read.kind === 'answered' ? read.payload : undefined);
  return { outcome };
}

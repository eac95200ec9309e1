import type { EnKashClient } from '../enkash/client.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import type { KeyedMutex } from '../lib/keyed-mutex.ts';
import type { AccountRef } from '../model/account.ts';
import type { AttemptRequest, CancelAttempt } from '../model/attempt.ts';
import { codeKey } from '../model/code-key.ts';
import type { Outcome } from '../model/outcome.ts';
import type { CancelResult } from './cancel.ts';
import { outcomeFromRead } from './resolve-outcome.ts';

export interface RecoveryDeps {
  client: EnKashClient;
  attempts: AttemptStore;
  /** Whether an account is still in this browser. */
  hasAccount(accountId: string): Promise<boolean>;
  /** Shared by single cancels and jobs, so that only one of them acts on a code at a time. */
  singleFlight: KeyedMutex;
  progress: { end(accountId: string, qrCodeId: string): Promise<void> };
  onCancelled(account: AccountRef, start: AttemptRequest, result: CancelResult): void;
}

/** Recovers all interrupted cancels, and reports their outcomes. */
export async function recoverCancels(deps: RecoveryDeps): Promise<void> {
  const byCode = Map.groupBy(await unfinishedCancels(deps), ({ accountId, qrCodeId }) =>
    codeKey(accountId, qrCodeId),
  );
  await Promise.all(
    [...byCode].map(([key, unfinished]) =>
      deps.singleFlight.run(key, 'settle', () => recoverEach(deps, unfinished)),
    ),
  );
}

/** Recovers the interrupted cancels of one code. The caller holds the code's mutex. */
export async function recoverCode(deps: RecoveryDeps, accountId: string, qrCodeId: string): Promise<void> {
  const unfinished = await unfinishedCancels(deps).catch(() => []);
  await recoverEach(
    deps,
    unfinished.filter((attempt) => attempt.accountId === accountId && attempt.qrCodeId === qrCodeId),
  );
}

async function unfinishedCancels({ attempts }: RecoveryDeps): Promise<CancelAttempt[]> {
  return (await attempts.findOpen()).filter((attempt) => attempt.action === 'cancel');
}

/** Recovers attempts one after another. Skips an attempt that has ended by now. */
async function recoverEach(deps: RecoveryDeps, unfinished: CancelAttempt[]): Promise<void> {
  for (const { attemptId } of unfinished) {
    const attempt = await deps.attempts.findOpenCancel(attemptId);
    if (!attempt) continue;
    const { accountId: id, accountName: name, environment, qrCodeId, startedBy } = attempt;
    const account: AccountRef = { id, name, environment };
    const outcome = await recoverAttempt(deps, account, attempt);
    if (!outcome) continue;
    deps.onCancelled(account, { qrCodeId, startedBy }, { outcome, attemptId });
    await deps.progress.end(id, qrCodeId);
  }
}

/**
 * Settles an interrupted cancel by a read and records the outcome. Never sends the cancel again. Returns `undefined` and
 * leaves the attempt open if the code can't be read now: locked, offline or no keys. The next recovery tries again. If
 * the account was removed, its keys are gone, and the attempt ends as not confirmed without a read.
 */
async function recoverAttempt(
  { client, attempts, hasAccount }: RecoveryDeps,
  account: AccountRef,
  { attemptId, qrCodeId }: CancelAttempt,
): Promise<Outcome | undefined> {
  if (!(await hasAccount(account.id))) {
    const unread = { kind: 'unconfirmed', reason: 'interrupted', accountRemoved: true } as const;
    await attempts.completeCancel(attemptId, unread);
    return unread;
  }
  const read = await client.getQrCode(account, qrCodeId);
  if (read.kind === 'not-sent') return undefined;
  const outcome = outcomeFromRead({ kind: 'ambiguous', reason: 'interrupted' }, read);
  await attempts.completeCancel(attemptId, outcome, read.kind === 'answered' ? read.payload : undefined);
  return outcome;
}

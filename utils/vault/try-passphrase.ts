import { ITERATIONS, unwrapKeyWithPassphrase } from './passphrase-encryption.ts';
import type { VaultRecord } from './record.ts';
import { createRecord, swapVerified } from './replace-record.ts';
import { bytesEqual } from './secret-encryption.ts';
import type { UnlockResult, VaultDeps } from './types.ts';
import { clampToNow, type FailedAttempts, NO_FAILED_ATTEMPTS, retryAt } from './unlock-backoff.ts';
import type { VaultContents } from './vault-contents.ts';

export type PassphraseCheck =
  | { ok: true; dataKey: Uint8Array; record: VaultRecord; outdated: boolean }
  | Exclude<UnlockResult, { ok: true }>;

/** The failed attempts that delay the next one. Times in the future are clamped to now. */
export async function loadFailedAttempts({ stores, clock }: VaultDeps): Promise<FailedAttempts> {
  const stored = await stores.failedAttempts.read();
  const attempts = clampToNow(stored, clock.now());
  // Store the clamped time: a delay that restarts at every read would never end.
  if (attempts.count > 0 && attempts.lastAt !== stored.lastAt) await stores.failedAttempts.write(attempts);
  return attempts;
}

/** Tries a passphrase on the vault's contents and counts wrong ones. */
export async function verifyPassphrase(
  deps: VaultDeps,
  contents: VaultContents,
  passphrase: string,
): Promise<PassphraseCheck> {
  if (contents.kind === 'problem') return { ok: false, problem: contents.problem };
  if (contents.kind !== 'record' || contents.record.protection.kind !== 'passphrase')
    return { ok: false, problem: 'no-passphrase' };
  const { record } = contents;
  const { stores, clock, iterations = ITERATIONS } = deps;
  const attempts = await loadFailedAttempts(deps);
  const now = clock.now();
  const waitUntil = retryAt(attempts, now);
  if (waitUntil > now) return { ok: false, problem: 'too-soon', nextTryAt: waitUntil };
  // Count the attempt before deriving the key, so that killing the browser does not undo it.
  const provisionalCount = { count: attempts.count + 1, lastAt: now };
  await stores.failedAttempts.write(provisionalCount);
  const opened = await unwrapKeyWithPassphrase(record.protection.wrappedKey, passphrase);
  if (opened.ok) {
    await stores.failedAttempts.write(NO_FAILED_ATTEMPTS);
    return { ok: true, dataKey: opened.dataKey, record, outdated: opened.iterations < iterations };
  }
  if (opened.problem === 'wrong-passphrase')
    return { ok: false, problem: opened.problem, nextTryAt: retryAt(provisionalCount, clock.now()) };
  await stores.failedAttempts.write(attempts);
  return { ok: false, problem: opened.problem };
}

/**
 * Encrypts the same data key under the same passphrase with the current number of iterations. Returns the record in use
 * afterwards: the old one if the upgrade failed.
 */
export async function upgradeIterations(
  deps: VaultDeps,
  record: VaultRecord,
  passphrase: string,
  dataKey: Uint8Array,
): Promise<VaultRecord> {
  const target = { kind: 'passphrase', passphrase } as const;
  const upgraded = await createRecord(deps, target, dataKey, record.secrets);
  const isDone = await swapVerified(deps, upgraded, target, async (opened) => bytesEqual(opened, dataKey));
  return isDone ? upgraded : record;
}

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

/** The tries that count against the next one, as seen from now. */
export async function loadFailedAttempts({ stores, clock }: VaultDeps): Promise<FailedAttempts> {
  const stored = await stores.failedAttempts.read();
  const tries = clampToNow(stored, clock.now());
  // Kept, since a delay that always starts from now would never end.
  if (tries.count > 0 && tries.lastAt !== stored.lastAt) await stores.failedAttempts.write(tries);
  return tries;
}

/** Tries a passphrase on what is held, and keeps count of the wrong ones. */
export async function verifyPassphrase(
  deps: VaultDeps,
  held: VaultContents,
  passphrase: string,
): Promise<PassphraseCheck> {
  if (held.kind === 'problem') return { ok: false, problem: held.problem };
  if (held.kind !== 'record' || held.record.protection.kind !== 'passphrase')
    return { ok: false, problem: 'no-passphrase' };
  const { record } = held;
  const { stores, clock, iterations = ITERATIONS } = deps;
  const tries = await loadFailedAttempts(deps);
  const now = clock.now();
  const waitUntil = retryAt(tries, now);
  if (waitUntil > now) return { ok: false, problem: 'too-soon', nextTryAt: waitUntil };
  // Counted beforehand: who kills the browser while it is at work has had his try.
  const provisionalCount = { count: tries.count + 1, lastAt: now };
  await stores.failedAttempts.write(provisionalCount);
  const opened = await unwrapKeyWithPassphrase(record.protection.wrappedKey, passphrase);
  if (opened.ok) {
    await stores.failedAttempts.write(NO_FAILED_ATTEMPTS);
    return { ok: true, dataKey: opened.dataKey, record, outdated: opened.iterations < iterations };
  }
  if (opened.problem === 'wrong-passphrase')
    return { ok: false, problem: opened.problem, nextTryAt: retryAt(provisionalCount, clock.now()) };
  await stores.failedAttempts.write(tries);
  return { ok: false, problem: opened.problem };
}

/**
 * Seals the same data key under the same passphrase with today's number of iterations. Answers the record that is in
 * force then: where this did not work, that is the old one, which opens as well as before.
 */
export async function upgradeIterations(
  deps: VaultDeps,
  record: VaultRecord,
  passphrase: string,
  dataKey: Uint8Array,
): Promise<VaultRecord> {
  const target = { kind: 'passphrase', passphrase } as const;
  const raised = await createRecord(deps, target, dataKey, record.secrets);
  const done = await swapVerified(deps, raised, target, async (opened) => bytesEqual(opened, dataKey));
  return done ? raised : record;
}

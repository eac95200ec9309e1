import { ITERATIONS, openUnderPassphrase } from './passphrase-encryption.ts';
import type { VaultRecord } from './record.ts';
import { replaceRecord, sealRecord } from './replace-record.ts';
import { sameBytes } from './secret-encryption.ts';
import type { UnlockResult, VaultDeps } from './types.ts';
import { type FailedTries, NO_FAILED_TRIES, nextTryAt, triesSeenFrom } from './unlock-backoff.ts';
import type { Held } from './vault-contents.ts';

export type TriedPassphrase =
  | { ok: true; dataKey: Uint8Array; record: VaultRecord; outdated: boolean }
  | Exclude<UnlockResult, { ok: true }>;

/** The tries that count against the next one, as seen from now. */
export async function readTries({ stores, clock }: VaultDeps): Promise<FailedTries> {
  const stored = await stores.failedTries.read();
  const tries = triesSeenFrom(stored, clock.now());
  // Kept, since a delay that always starts from now would never end.
  if (tries.count > 0 && tries.lastAt !== stored.lastAt) await stores.failedTries.write(tries);
  return tries;
}

/** Tries a passphrase on what is held, and keeps count of the wrong ones. */
export async function tryPassphrase(
  deps: VaultDeps,
  held: Held,
  passphrase: string,
): Promise<TriedPassphrase> {
  if (held.kind === 'problem') return { ok: false, problem: held.problem };
  if (held.kind !== 'record' || held.record.protection.kind !== 'passphrase')
    return { ok: false, problem: 'no-passphrase' };
  const { record } = held;
  const { stores, clock, iterations = ITERATIONS } = deps;
  const tries = await readTries(deps);
  const now = clock.now();
  const waitUntil = nextTryAt(tries, now);
  if (waitUntil > now) return { ok: false, problem: 'too-soon', nextTryAt: waitUntil };
  // Counted beforehand: who kills the browser while it is at work has had his try.
  const counted = { count: tries.count + 1, lastAt: now };
  await stores.failedTries.write(counted);
  const opened = await openUnderPassphrase(record.protection.sealedKey, passphrase);
  if (opened.ok) {
    await stores.failedTries.write(NO_FAILED_TRIES);
    return { ok: true, dataKey: opened.dataKey, record, outdated: opened.iterations < iterations };
  }
  if (opened.problem === 'wrong-passphrase')
    return { ok: false, problem: opened.problem, nextTryAt: nextTryAt(counted, clock.now()) };
  await stores.failedTries.write(tries);
  return { ok: false, problem: opened.problem };
}

/**
 * Seals the same data key under the same passphrase with today's number of iterations. Answers the record that is in
 * force then: where this did not work, that is the old one, which opens as well as before.
 */
export async function raiseIterations(
  deps: VaultDeps,
  record: VaultRecord,
  passphrase: string,
  dataKey: Uint8Array,
): Promise<VaultRecord> {
  const target = { kind: 'passphrase', passphrase } as const;
  const raised = await sealRecord(deps, target, dataKey, record.secrets);
  const done = await replaceRecord(deps, raised, target, async (opened) => sameBytes(opened, dataKey));
  return done ? raised : record;
}

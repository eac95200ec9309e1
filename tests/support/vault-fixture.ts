import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Credentials } from '../../utils/model/credentials.ts';
import { createDeviceKeyStore } from '../../utils/vault/device-key.ts';
import {
  createVault,
  type KeyOwner,
  type OpenedKeys,
  type Protection,
  type VaultDeps,
} from '../../utils/vault/vault.ts';
import { createVaultStores } from '../../utils/vault/vault-storage.ts';

/** By so much less PBKDF2 is iterated after {@link deriveQuickly}. */
const QUICKER = 1_000;

/**
 * For the tests of a file that are not about the derivation: PBKDF2 takes a thousandth of the iterations that it is
 * asked for, so that what was sealed still opens. The tests of passphrase-encryption.ts derive with all of them.
 */
export function deriveQuickly(): void {
  const { subtle } = crypto;
  beforeAll(() => {
    const derive = subtle.deriveBits.bind(subtle);
    const value: typeof derive = (algorithm, ...rest) => derive(withFewerIterations(algorithm), ...rest);
    Object.defineProperty(subtle, 'deriveBits', { value, configurable: true });
  });
  afterAll(() => {
    Reflect.deleteProperty(subtle, 'deriveBits');
  });
}

function withFewerIterations<Algorithm>(algorithm: Algorithm): Algorithm {
  const { iterations } = algorithm as { iterations?: number };
  return iterations === undefined ? algorithm : { ...algorithm, iterations: Math.ceil(iterations / QUICKER) };
}

/** The fewest iterations a vault takes. Each derivation takes a while, and tests make many. */
export const MIN_ITERATIONS = 210_000;
export const PASSPHRASE = 'sandbox passphrase, no secret';
export const OTHER_PASSPHRASE = 'another sandbox passphrase';
export const WRONG_PASSPHRASE = 'not the sandbox passphrase';

export const UAT: KeyOwner = { id: 'account-uat', environment: 'UAT' };
export const LIVE: KeyOwner = { id: 'account-live', environment: 'LIVE' };
export const OWNERS = [UAT, LIVE];

export const UAT_KEYS: Credentials = {
  authMethod: 'secret-key',
  accessKey: 'SANDBOX-uat-access/key+1',
  secretKey: 'SANDBOX-uat-secret?key&2',
};
export const LIVE_KEYS: Credentials = {
  authMethod: 'authorization-token',
  accessKey: 'SANDBOX-live-access=key~3',
  authorizationToken: 'SANDBOX-live-token:4',
};

/** A vault over an empty browser, with a clock that stands still until it is set. */
export function createVaultFixture(change: Partial<VaultDeps> = {}) {
  fakeBrowser.reset();
  globalThis.indexedDB = new IDBFactory();
  const clock = { at: Date.UTC(2030, 0, 1), now: () => clock.at, sleep: async () => undefined };
  const settings = { lockAfter: 15, keep: 'device' as Exclude<Protection, 'passphrase'> };
  const deps: VaultDeps = {
    stores: createVaultStores(),
    deviceKeys: createDeviceKeyStore(),
    clock,
    lockAfterMinutes: async () => settings.lockAfter,
    defaultProtection: async () => settings.keep,
    iterations: MIN_ITERATIONS,
    ...change,
  };
  const vault = createVault(deps);
  return {
    vault,
    deps,
    clock,
    settings,
    /** The vault as a worker finds it that has just started. */
    restarted: (other: Partial<VaultDeps> = {}) => createVault({ ...deps, ...other }),
    async saveBoth() {
      await vault.save(UAT, UAT_KEYS);
      await vault.save(LIVE, LIVE_KEYS);
    },
    stored: () => deps.stores.record.read(),
  };
}

/** Whether both accounts of {@link OWNERS} open as they were saved. */
export async function bothOpen(vault: ReturnType<typeof createVault>): Promise<boolean> {
  const opened: OpenedKeys[] = [await vault.open(UAT), await vault.open(LIVE)];
  const expected: OpenedKeys[] = [UAT_KEYS, LIVE_KEYS].map((keys) => ({ ok: true, keys }));
  return JSON.stringify(opened) === JSON.stringify(expected);
}

/** The browser's whole storage, to be put back by {@link restoreStorage}. */
export async function copyStorage() {
  const [local, session] = await Promise.all([
    fakeBrowser.storage.local.get(null),
    fakeBrowser.storage.session.get(null),
  ]);
  return structuredClone({ local, session });
}

/** Puts the storage back to what {@link copyStorage} found. */
export async function restoreStorage(copy: Awaited<ReturnType<typeof copyStorage>>): Promise<void> {
  await fakeBrowser.storage.local.clear();
  await fakeBrowser.storage.session.clear();
  await fakeBrowser.storage.local.set(structuredClone(copy.local));
  await fakeBrowser.storage.session.set(structuredClone(copy.session));
}

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

/** The factor by which {@link deriveQuickly} reduces the PBKDF2 iterations. */
const QUICKER = 1_000;

/**
 * Reduces the PBKDF2 iterations to a thousandth in all tests of a file. Encryption and decryption stay consistent. The
 * tests of passphrase-encryption.ts derive with all iterations.
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

/** The minimum iterations of a vault, because tests derive many keys. */
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

/** A vault in an empty browser, with a clock that tests set. */
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
    /** The vault of a restarted worker. */
    restarted: (other: Partial<VaultDeps> = {}) => createVault({ ...deps, ...other }),
    async saveBoth() {
      await vault.save(UAT, UAT_KEYS);
      await vault.save(LIVE, LIVE_KEYS);
    },
    stored: () => deps.stores.record.read(),
  };
}

/** Whether the keys of both {@link OWNERS} can be opened unchanged. */
export async function bothOpen(vault: ReturnType<typeof createVault>): Promise<boolean> {
  const opened: OpenedKeys[] = [await vault.open(UAT), await vault.open(LIVE)];
  const expected: OpenedKeys[] = [UAT_KEYS, LIVE_KEYS].map((keys) => ({ ok: true, keys }));
  return JSON.stringify(opened) === JSON.stringify(expected);
}

/** A copy of the browser's whole storage, for {@link restoreStorage}. */
export async function copyStorage() {
  const [local, session] = await Promise.all([
    fakeBrowser.storage.local.get(null),
    fakeBrowser.storage.session.get(null),
  ]);
  return structuredClone({ local, session });
}

/** Restores the copy of {@link copyStorage}. */
export async function restoreStorage(copy: Awaited<ReturnType<typeof copyStorage>>): Promise<void> {
  await fakeBrowser.storage.local.clear();
  await fakeBrowser.storage.session.clear();
  await fakeBrowser.storage.local.set(structuredClone(copy.local));
  await fakeBrowser.storage.session.set(structuredClone(copy.session));
}

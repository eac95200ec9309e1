import type { Clock } from '../lib/clock.ts';
import type { Credentials } from '../model/credentials.ts';
import type { DeviceKeyStore } from './device-key.ts';
import type { Migration } from './migrations.ts';
import type { VaultProblem } from './record.ts';
import type { SecretOwner } from './secret-encryption.ts';
import type { VaultStores } from './vault-storage.ts';

/** What stands between the keys and somebody who has this computer. */
export type Protection = 'passphrase' | 'device' | 'session';

export type VaultState =
  | { status: 'open'; protection: Protection }
  | { status: 'locked'; protection: 'passphrase'; nextTryAt: number }
  | { status: 'problem'; problem: VaultProblem };

/** Whose keys are meant. */
export type KeyOwner = SecretOwner;

export type OpenedKeys =
  | { ok: true; keys: Credentials }
  | { ok: false; reason: 'no-keys' | 'locked' | 'keys-unreadable' };

export type UnlockResult =
  | { ok: true }
  | { ok: false; problem: 'wrong-passphrase' | 'too-soon'; nextTryAt: number }
  | { ok: false; problem: VaultProblem | 'no-passphrase' };

export type ProtectResult = UnlockResult | { ok: false; problem: 'locked' | 'too-short' | 'not-verified' };

/**
 * What became of an account's sealed keys. `none`: there were none. `with-others`: in a record that could not be read
 * they could not be told from those of other accounts, which went too.
 */
export type RemovedKeys = 'gone' | 'none' | 'with-others';

/** What is gone of a vault that was to be forgotten. */
export interface ForgottenVault {
  /** All sealed keys, and the data key in memory. */
  keys: boolean;
  /** The browser profile's key under which they were sealed, unless a passphrase was set. */
  deviceKey: boolean;
}

/** What is asked for when the protection changes. */
export type NewProtection =
  | { kind: 'passphrase'; passphrase: string }
  | { kind: 'device' }
  | { kind: 'session' };

export interface VaultDeps {
  stores: VaultStores;
  deviceKeys: DeviceKeyStore;
  clock: Clock;
  /** Minutes without use after which an open vault counts as locked. */
  lockAfterMinutes(): Promise<number>;
  /** How keys are protected where there are none yet. */
  defaultProtection(): Promise<'device' | 'session'>;
  /** What new records are sealed with, within the bounds that are read again; for tests, which wait for each. */
  iterations?: number;
  /** How older records are brought to today's form; for tests, which bring versions of their own. */
  migrations?: readonly Migration[];
}

/** All of these follow one another, so that none sees another half done. None may be called from within a dep. */
export interface Vault {
  /** Takes away what a change that was cut short has left. To be called when the worker starts. */
  recover(): Promise<void>;
  /** How the vault stands. Does not count as use. */
  state(): Promise<VaultState>;
  /** Opens an account's keys, and counts as use. */
  open(owner: KeyOwner): Promise<OpenedKeys>;
  has(accountId: string): Promise<boolean>;
  /** Seals an account's keys; `false` where the vault is locked or can't be read, and nothing was changed. */
  save(owner: KeyOwner, keys: Credentials): Promise<boolean>;
  /** Deletes an account's sealed keys, whether the vault is locked or can't be read. Rejects if storage failed. */
  remove(accountId: string): Promise<RemovedKeys>;
  unlock(passphrase: string): Promise<UnlockResult>;
  lock(): Promise<void>;
  /**
   * Locks where it has not been used for as long as was chosen; answers whether it is locked now. Does not count as
   * use.
   */
  lockIfIdle(): Promise<boolean>;
  /**
   * Seals everything anew, under a new data key and another protection. The old record goes only when the new
   * one has been read back and opened. Needs the present passphrase where there is one, open or not: `locked`
   * without it. Keys that are in the vault but not of any of the owners come along too.
   */
  changeProtection(
    owners: readonly KeyOwner[],
    target: NewProtection,
    currentPassphrase?: string,
  ): Promise<ProtectResult>;
  /** Deletes everything, whether it can be read or not. Each part is tried, whatever became of another; never rejects. */
  destroy(): Promise<ForgottenVault>;
}

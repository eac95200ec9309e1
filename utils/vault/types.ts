import type { Clock } from '../lib/clock.ts';
import type { Credentials } from '../model/credentials.ts';
import type { DeviceKeyStore } from './device-key.ts';
import type { Migration } from './migrations.ts';
import type { VaultProblem } from './record.ts';
import type { SecretOwner } from './secret-encryption.ts';
import type { VaultStores } from './vault-storage.ts';

/** What protects the keys from another user of this computer. */
export type Protection = 'passphrase' | 'device' | 'session';

export type VaultState =
  | { status: 'open'; protection: Protection }
  | { status: 'locked'; protection: 'passphrase'; nextTryAt: number }
  | { status: 'problem'; problem: VaultProblem };

/** The account whose keys a call reads or writes. */
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
 * The result of deleting an account's keys. `none`: there were none. `with-others`: they could not be identified in an
 * unreadable record, so keys of other accounts may have been deleted too.
 */
export type RemovedKeys = 'gone' | 'none' | 'with-others';

/** Which parts {@link Vault.destroy} has deleted. */
export interface ForgottenVault {
  /** All encrypted keys, and the data key in memory. */
  keys: boolean;
  /** The browser profile's device key, which encrypts the data key unless a passphrase is set. */
  deviceKey: boolean;
}

/** The protection to change to. */
export type NewProtection =
  | { kind: 'passphrase'; passphrase: string }
  | { kind: 'device' }
  | { kind: 'session' };

export interface VaultDeps {
  stores: VaultStores;
  deviceKeys: DeviceKeyStore;
  clock: Clock;
  /** Minutes without use after which an unlocked vault locks. */
  lockAfterMinutes(): Promise<number>;
  /** The protection of a new vault. */
  defaultProtection(): Promise<'device' | 'session'>;
  /** PBKDF2 iterations of new records, within the accepted bounds; tests lower them to save time. */
  iterations?: number;
  /** Migrations of older records; tests supply their own. */
  migrations?: readonly Migration[];
}

/** Calls run one after another, so that none sees another's partial state. A dependency must not call the vault. */
export interface Vault {
  /** Removes leftovers of an interrupted change. Call it when the worker starts. */
  recover(): Promise<void>;
  /** Reads the vault's state. Does not count as use. */
  state(): Promise<VaultState>;
  /** Decrypts an account's keys. Counts as use. */
  open(owner: KeyOwner): Promise<OpenedKeys>;
  has(accountId: string): Promise<boolean>;
  /** Encrypts and stores an account's keys; `false`, without a change, if the vault is locked or unreadable. */
  save(owner: KeyOwner, keys: Credentials): Promise<boolean>;
  /** Deletes an account's encrypted keys, even if the vault is locked or unreadable. Rejects if storage failed. */
  remove(accountId: string): Promise<RemovedKeys>;
  unlock(passphrase: string): Promise<UnlockResult>;
  lock(): Promise<void>;
  /** Locks the vault if it was unused for the chosen time. Returns whether it is locked. Does not count as use. */
  lockIfIdle(): Promise<boolean>;
  /**
   * Encrypts all keys again, under a new data key and another protection. Deletes the old record only after the new
   * one was read back and decrypted. If a passphrase is set, requires it even while unlocked, and returns `locked`
   * without it. Keeps the keys of accounts that are not in `owners`.
   */
  changeProtection(
    owners: readonly KeyOwner[],
    target: NewProtection,
    currentPassphrase?: string,
  ): Promise<ProtectResult>;
  /** Deletes every part, readable or not, even if deleting another part failed. Never rejects. */
  destroy(): Promise<ForgottenVault>;
}

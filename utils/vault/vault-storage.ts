import type { FlattenedJWE } from 'jose';
import { defineStorageItem, type StorageItem } from '../browser/storage-item.ts';
import { type FailedAttempts, NO_FAILED_ATTEMPTS } from './unlock-backoff.ts';

/** An unlocked vault: its data key, in memory until the vault is locked or the browser is closed. */
export interface UnlockedSession {
  /** Base64url, because storage holds JSON. */
  dataKey: string;
  /** The wrapped form of the same key, to use it only with the record that contains it. */
  sealedKey: string;
  /** Epoch milliseconds of the last use. */
  lastUsedAt: number;
}

/** A vault that is never written to disk. */
export interface SessionVault {
  dataKey: string;
  secrets: Record<string, FlattenedJWE>;
}

/** The storage items of a vault. */
export interface VaultStores {
  /** The vault on disk. Never trusted: validated on every read. */
  record: StorageItem<unknown>;
  /** A new record on disk, until it is verified and replaces the old one. */
  stagedRecord: StorageItem<unknown>;
  /** Wrong passphrases, on disk. */
  failedAttempts: StorageItem<FailedAttempts>;
  /** In memory only, as is `sessionVault`. */
  unlocked: StorageItem<UnlockedSession | undefined>;
  sessionVault: StorageItem<SessionVault | undefined>;
}

export function createVaultStores(): VaultStores {
  return {
    record: defineStorageItem<unknown>('local', 'vault', undefined),
    stagedRecord: defineStorageItem<unknown>('local', 'vault-candidate', undefined),
    failedAttempts: defineStorageItem('local', 'failed-unlocks', NO_FAILED_ATTEMPTS),
    unlocked: defineStorageItem<UnlockedSession | undefined>('session', 'unlocked', undefined),
    sessionVault: defineStorageItem<SessionVault | undefined>('session', 'session-vault', undefined),
  };
}

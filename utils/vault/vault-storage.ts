import type { FlattenedJWE } from 'jose';
import { defineStorageItem, type StorageItem } from '../browser/storage-item.ts';
import { type FailedAttempts, NO_FAILED_ATTEMPTS } from './unlock-backoff.ts';

/** A vault that is open: its data key, in memory until it is locked or the browser is closed. */
export interface UnlockedSession {
  /** Base64url, since storage is JSON. */
  dataKey: string;
  /** The sealed form of this same key: it opens no other record than the one that bears it. */
  sealedKey: string;
  /** Epoch milliseconds at which a key was last used. */
  lastUsedAt: number;
}

/** A vault that is never written to disk. */
export interface SessionVault {
  dataKey: string;
  secrets: Record<string, FlattenedJWE>;
}

/** Where a vault keeps its parts. */
export interface VaultStores {
  /** On disk: the vault. Whatever is found there, it is read with suspicion. */
  record: StorageItem<unknown>;
  /** On disk: the vault that is about to take the other's place, until it has been verified. */
  stagedRecord: StorageItem<unknown>;
  /** On disk: wrong tries. */
  failedAttempts: StorageItem<FailedAttempts>;
  /** In memory. */
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

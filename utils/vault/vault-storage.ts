import type { FlattenedJWE } from 'jose';
import { type StoredItem, storedItem } from '../browser/storage-item.ts';
import { type FailedTries, NO_FAILED_TRIES } from './unlock-backoff.ts';

/** A vault that is open: its data key, in memory until it is locked or the browser is closed. */
export interface Unlocked {
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
  record: StoredItem<unknown>;
  /** On disk: the vault that is about to take the other's place, until it has been verified. */
  candidate: StoredItem<unknown>;
  /** On disk: wrong tries. */
  failedTries: StoredItem<FailedTries>;
  /** In memory. */
  unlocked: StoredItem<Unlocked | undefined>;
  sessionVault: StoredItem<SessionVault | undefined>;
}

export function createVaultStores(): VaultStores {
  return {
    record: storedItem<unknown>('local', 'vault', undefined),
    candidate: storedItem<unknown>('local', 'vault-candidate', undefined),
    failedTries: storedItem('local', 'failed-tries', NO_FAILED_TRIES),
    unlocked: storedItem<Unlocked | undefined>('session', 'unlocked', undefined),
    sessionVault: storedItem<SessionVault | undefined>('session', 'session-vault', undefined),
  };
}

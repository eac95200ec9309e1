import { base64url } from 'jose';
import { isExpired } from './auto-lock.ts';
import type { VaultDeps } from './types.ts';

/** The last use is stored at most this often, so that a busy vault does not write all the time. */
const TOUCH_INTERVAL_MS = 5_000;

/** The data key of a vault that a passphrase has unlocked, until it is locked or expires. */
export interface UnlockedKey {
  /** The data key of a wrapped key; `undefined` if it is locked or expired. Does not count as use; changes nothing. */
  peek(sealedKey: string): Promise<Uint8Array | undefined>;
  /** The same, but counts as use. Removes a key that has expired or belongs to another record. */
  use(sealedKey: string): Promise<Uint8Array | undefined>;
  put(sealedKey: string, dataKey: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** What the vault's functions work with. */
export interface VaultContext extends VaultDeps {
  unlocked: UnlockedKey;
}

/** Stores the data key in session memory and checks its deadline at every read. */
export function createUnlockedKey({ stores, clock, lockAfterMinutes }: VaultDeps): UnlockedKey {
  async function current(sealedKey: string) {
    const unlocked = await stores.unlocked.read();
    if (unlocked?.sealedKey !== sealedKey) return undefined;
    return isExpired(unlocked.lastUsedAt, await lockAfterMinutes(), clock.now()) ? undefined : unlocked;
  }

  return {
    async peek(sealedKey) {
      const unlocked = await current(sealedKey);
      return unlocked && base64url.decode(unlocked.dataKey);
    },
    async use(sealedKey) {
      const unlocked = await current(sealedKey);
      if (!unlocked) {
        await stores.unlocked.remove();
        return undefined;
      }
      const now = clock.now();
      if (now - unlocked.lastUsedAt >= TOUCH_INTERVAL_MS)
        await stores.unlocked.write({ ...unlocked, lastUsedAt: now });
      return base64url.decode(unlocked.dataKey);
    },
    put: (sealedKey, dataKey) =>
      stores.unlocked.write({ dataKey: base64url.encode(dataKey), sealedKey, lastUsedAt: clock.now() }),
    remove: () => stores.unlocked.remove(),
  };
}

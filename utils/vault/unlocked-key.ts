import { base64url } from 'jose';
import { isExpired } from './auto-lock.ts';
import type { VaultDeps } from './types.ts';

/** An open vault is noted as used again only after this long, so that a busy one does not write all the time. */
const TOUCH_INTERVAL_MS = 5_000;

/** The data key of a vault that is open under a passphrase, as long as it may be used. */
export interface UnlockedKey {
  /** The key for a sealed form of it; `undefined` where it is locked, or past its deadline. No use, no change. */
  peek(sealedKey: string): Promise<Uint8Array | undefined>;
  /** The same, and notes that it was used. A key past its deadline, or of another record, is taken away. */
  use(sealedKey: string): Promise<Uint8Array | undefined>;
  put(sealedKey: string, dataKey: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** Keeps the data key in memory, and looks at the deadline whenever it is wanted. */
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

import type { Clock } from '../lib/clock.ts';
import type { AccountRef, CredentialsResult, GetCredentials } from '../model/account.ts';
import type { Vault } from '../vault/vault.ts';

/** Opening takes some milliseconds, and a job needs keys hundreds of times a second. */
const TTL_MS = 1_000;

export interface KeyCache {
  open: GetCredentials;
  /** Drops all keys: the next call opens them again. */
  clear(): void;
}

/** Caches opened keys in memory for {@link TTL_MS}. Never caches a refusal. */
export function createKeyCache(openKeys: GetCredentials, clock: Clock): KeyCache {
  const cache = new Map<string, { opened: Promise<CredentialsResult>; at: number }>();
  /** Counts the calls of `clear`: keys whose opening began before one are not returned after it. */
  let clearCount = 0;
  const cacheKey = ({ id, environment }: AccountRef) => `${environment}/${id}`;

  async function openOnce(account: AccountRef): Promise<CredentialsResult> {
    const key = cacheKey(account);
    const known = cache.get(key);
    const age = known ? clock.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age >= 0 && age < TTL_MS) return known.opened;
    const entry = { opened: openKeys(account), at: clock.now() };
    cache.set(key, entry);
    const evict = () => {
      if (cache.get(key) === entry) cache.delete(key);
    };
    const opened = await entry.opened.catch((error) => {
      evict();
      throw error;
    });
    if (!opened.ok) evict();
    return opened;
  }

  return {
    async open(account) {
      for (;;) {
        const before = clearCount;
        const opened = await openOnce(account);
        if (clearCount === before || !opened.ok) return opened;
      }
    },
    clear() {
      clearCount += 1;
      cache.clear();
    },
  };
}

/** The same vault, with `onChange` called before and after each change of it. */
export function invalidateOnChange(vault: Vault, onChange: () => void): Vault {
  const withInvalidation =
    <Args extends unknown[], Result>(change: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      onChange();
      try {
        return await change(...args);
      } finally {
        onChange();
      }
    };
  return {
    ...vault,
    lock: withInvalidation(vault.lock),
    save: withInvalidation(vault.save),
    remove: withInvalidation(vault.remove),
    changeProtection: withInvalidation(vault.changeProtection),
    destroy: withInvalidation(vault.destroy),
  };
}

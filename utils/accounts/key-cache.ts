import type { Clock } from '../lib/clock.ts';
import type { AccountRef, CredentialsResult, GetCredentials } from '../model/account.ts';
import type { Vault } from '../vault/vault.ts';

/** Opening takes some milliseconds, and a list of codes asks hundreds of times a second. */
const TTL_MS = 1_000;

export interface KeyCache {
  open: GetCredentials;
  /** Lets go of all keys at once: the next call asks the vault. */
  clear(): void;
}

/** Holds opened keys in memory for a moment. Only what was opened is held, never a refusal. */
export function createKeyCache(openKeys: GetCredentials, clock: Clock): KeyCache {
  const cache = new Map<string, { opened: Promise<CredentialsResult>; at: number }>();
  /** Counts the drops: keys whose opening began before a drop are not handed out after it. */
  let drops = 0;
  const cacheKey = ({ id, environment }: AccountRef) => `${environment}/${id}`;

  async function openOnce(account: AccountRef): Promise<CredentialsResult> {
    const name = cacheKey(account);
    const known = cache.get(name);
    const age = known ? clock.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age >= 0 && age < TTL_MS) return known.opened;
    const entry = { opened: openKeys(account), at: clock.now() };
    cache.set(name, entry);
    const evict = () => {
      if (cache.get(name) === entry) cache.delete(name);
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
        const before = drops;
        const opened = await openOnce(account);
        if (drops === before || !opened.ok) return opened;
      }
    },
    clear() {
      drops += 1;
      cache.clear();
    },
  };
}

/** The same vault; `onChange` is called before anything in it changes, and again when it has changed. */
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

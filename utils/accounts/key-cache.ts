import type { Clock } from '../lib/clock.ts';
import type { Account, OpenedKeys, OpenKeys } from '../model/account.ts';
import type { Vault } from '../vault/vault.ts';

/** Opening takes some milliseconds, and a list of codes asks hundreds of times a second. */
const HELD_FOR_MS = 1_000;

export interface HeldKeys {
  open: OpenKeys;
  /** Lets go of all keys at once: the next call asks the vault. */
  drop(): void;
}

/** Holds opened keys in memory for a moment. Only what was opened is held, never a refusal. */
export function createHeldKeys(openKeys: OpenKeys, clock: Clock): HeldKeys {
  const held = new Map<string, { opened: Promise<OpenedKeys>; at: number }>();
  /** Counts the drops: keys whose opening began before a drop are not handed out after it. */
  let drops = 0;
  const nameOf = ({ id, environment }: Account) => `${environment}/${id}`;

  async function openOnce(account: Account): Promise<OpenedKeys> {
    const name = nameOf(account);
    const known = held.get(name);
    const age = known ? clock.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age >= 0 && age < HELD_FOR_MS) return known.opened;
    const entry = { opened: openKeys(account), at: clock.now() };
    held.set(name, entry);
    const letGo = () => {
      if (held.get(name) === entry) held.delete(name);
    };
    const opened = await entry.opened.catch((error) => {
      letGo();
      throw error;
    });
    if (!opened.ok) letGo();
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
    drop() {
      drops += 1;
      held.clear();
    },
  };
}

/** The same vault; `onChange` is called before anything in it changes, and again when it has changed. */
export function tellChanges(vault: Vault, onChange: () => void): Vault {
  const telling =
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
    lock: telling(vault.lock),
    save: telling(vault.save),
    remove: telling(vault.remove),
    protect: telling(vault.protect),
    forget: telling(vault.forget),
  };
}

import type { Clock } from './clock.ts';
import type { Account, OpenedKeys, OpenKeys } from './enkash/account.ts';
import type { Vault } from './vault/vault.ts';

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
  const nameOf = ({ id, environment }: Account) => `${environment}/${id}`;
  return {
    async open(account) {
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
    },
    drop: () => held.clear(),
  };
}

/** The same vault; before anything in it changes, `onChange` is told. */
export function tellChanges(vault: Vault, onChange: () => void): Vault {
  const telling =
    <Args extends unknown[], Result>(change: (...args: Args) => Result) =>
    (...args: Args): Result => {
      onChange();
      return change(...args);
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

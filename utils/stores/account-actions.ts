import type { Send } from '../messaging/protocol.ts';
import { vaultErrorText } from '../wording/vault.ts';

/** Actions of every page for accounts and their keys. */
export interface AccountActions {
  use(accountId: string): Promise<void>;
  lock(): Promise<void>;
  /** Tries a passphrase. Returns why the keys stay locked, or `undefined` after the unlock. */
  unlock(passphrase: string): Promise<string | undefined>;
}

/** Builds these actions. After each that has changed something, `load` updates the page. */
export function createAccountActions(send: Send, load: () => Promise<void>): AccountActions {
  return {
    async use(accountId) {
      await send('selectAccount', { accountId });
      await load();
    },
    async lock() {
      await send('lock', {});
      await load();
    },
    async unlock(passphrase) {
      const unlocked = await send('unlock', { passphrase });
      if (!unlocked.ok) return vaultErrorText(unlocked);
      await load();
      return undefined;
    },
  };
}

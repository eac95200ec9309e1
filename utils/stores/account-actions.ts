import type { Send } from '../messaging/protocol.ts';
import { vaultErrorText } from '../wording/vault.ts';

/** What every page can do with accounts and their keys. */
export interface AccountActions {
  use(accountId: string): Promise<void>;
  lock(): Promise<void>;
  /** Tries a passphrase; answers why it did not open the keys, or nothing where it did. */
  unlock(passphrase: string): Promise<string | undefined>;
}

/** Builds these actions; after each that changed something, `load` brings the page up to date. */
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

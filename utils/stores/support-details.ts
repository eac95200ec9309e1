import { browser } from 'wxt/browser';
import { copyText } from '../browser/clipboard.ts';
import { supportDetails } from '../enkash/support-details.ts';
import { send } from '../messaging/protocol.ts';
import type { AccountRef } from '../wording/gateway.ts';

/** Copies the details of the last calls to EnKash for support; answers whether that worked. */
export async function copySupportDetails(account: AccountRef | undefined): Promise<boolean> {
  const [exchanges, page] = await Promise.all([send('readExchanges', {}), send('getAppState', {})]);
  const inUse = page.accounts.find(({ id }) => id === page.currentAccountId);
  return copyText(
    supportDetails({
      version: browser.runtime.getManifest().version,
      browser: navigator.userAgent,
      account: account ?? inUse,
      at: Date.now(),
      exchanges,
    }),
  );
}

import { browser } from 'wxt/browser';
import { copyText } from '../browser/clipboard.ts';
import { supportDetails } from '../enkash/support-details.ts';
import { send } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import { currentAccount } from './current-account.ts';

/** Copies the last calls to EnKash for support, by default with the current account. Returns whether that worked. */
export async function copySupportDetails(account: AccountRef | undefined): Promise<boolean> {
  const [exchanges, page] = await Promise.all([send('readExchanges', {}), send('getAppState', {})]);
  return copyText(
    supportDetails({
      version: browser.runtime.getManifest().version,
      browser: navigator.userAgent,
      account: account ?? currentAccount(page),
      at: Date.now(),
      exchanges,
    }),
  );
}

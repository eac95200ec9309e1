import { browser } from 'wxt/browser';
import { getAccounts } from '../../../utils/accounts/account-store.ts';

/** What of a service worker's own scope is used here; Firefox has a page in its place. */
declare const self: {
  clients: { matchAll(of: { type: 'window'; includeUncontrolled: true }): Promise<unknown[]> };
};

/** Shows the settings to whoever has just installed the extension, and to nobody after an update. */
export function registerFirstRun(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void openSettings();
  });
}

async function openSettings(): Promise<void> {
  const [{ installType }, { accounts }] = await Promise.all([browser.management.getSelf(), getAccounts()]);
  // Nobody asked for it where an administrator put it on many computers. The popup leads to the settings there.
  if (installType === 'admin' || accounts.length > 0 || (await isPageOpen())) return;
  await browser.runtime.openOptionsPage();
}

/** Whoever has opened one of our pages knows the way, and is not led away from what was begun there. */
async function isPageOpen(): Promise<boolean> {
  if (import.meta.env.FIREFOX) return browser.extension.getViews().some((view) => view !== globalThis.window);
  return (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).length > 0;
}

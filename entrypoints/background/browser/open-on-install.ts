import { browser } from 'wxt/browser';
import { getAccounts } from '../../../utils/accounts/account-store.ts';

/** The part of the service worker's scope in use here. Firefox runs a background page instead. */
declare const self: {
  clients: { matchAll(of: { type: 'window'; includeUncontrolled: true }): Promise<unknown[]> };
};

/** Opens the settings after an installation, not after an update. */
export function registerFirstRun(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void openSettings();
  });
}

async function openSettings(): Promise<void> {
  const [{ installType }, { accounts }] = await Promise.all([browser.management.getSelf(), getAccounts()]);
  // If an administrator installed the extension, open nothing: the popup leads to the settings.
  if (installType === 'admin' || accounts.length > 0 || (await isPageOpen())) return;
  await browser.runtime.openOptionsPage();
}

/** Whether one of our pages is open: its user must not be interrupted. */
async function isPageOpen(): Promise<boolean> {
  if (import.meta.env.FIREFOX) return browser.extension.getViews().some((view) => view !== globalThis.window);
  return (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).length > 0;
}

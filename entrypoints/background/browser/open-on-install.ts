import { browser } from 'wxt/browser';
import { getAccounts } from '../../../utils/accounts/account-store.ts';
import { updateContextMenu } from '../triggers/menu-items.ts';

/** The part of the service worker's scope in use here. Firefox runs a background page instead. */
declare const self: {
  clients: { matchAll(of: { type: 'window'; includeUncontrolled: true }): Promise<unknown[]> };
};

/** Creates the menu after an installation or an update, and opens the settings after an installation. */
export function registerFirstRun(): void {
  browser.runtime.onInstalled.addListener(async ({ reason }) => {
    // First, because a page that asks for texts before the worker may get none in Chromium (measured).
    await updateContextMenu();
    if (reason === 'install') await openSettings();
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

import type { AccountView, AppState } from '../messaging/protocol.ts';

/** The account that the page works with now. */
export function currentAccount(page: AppState | undefined): AccountView | undefined {
  return page?.accounts.find(({ id }) => id === page.currentAccountId);
}

/** Whether the vault is open and the current account has its keys, so that requests can be sent. */
export function isReady(page: AppState | undefined): boolean {
  return page?.vault.status === 'open' && currentAccount(page)?.hasKeys === true;
}

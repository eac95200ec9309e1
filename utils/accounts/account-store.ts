import { defineStorageItem } from '../browser/storage-item.ts';
import type { AccountRecord } from '../model/account.ts';

export interface AccountList {
  accounts: AccountRecord[];
  /** The current account: one of `accounts`, or `null` if there are none. */
  currentId: string | null;
}

const stored = defineStorageItem<AccountList>('local', 'accounts', { accounts: [], currentId: null });

export function getAccounts(): Promise<AccountList> {
  return stored.read();
}

/** Adds an account, or replaces the one with the same id. The first account becomes the current one. */
export function saveAccount(account: AccountRecord): Promise<void> {
  return stored.change(({ accounts, currentId }) => {
    const known = accounts.some(({ id }) => id === account.id);
    return {
      accounts: known
        ? accounts.map((old) => (old.id === account.id ? account : old))
        : [...accounts, account],
      currentId: currentId ?? account.id,
    };
  });
}

/** Removes an account. If it was the current one, the first of the others becomes current. */
export function deleteAccount(accountId: string): Promise<void> {
  return stored.change((list) => {
    const accounts = list.accounts.filter(({ id }) => id !== accountId);
    const currentId = list.currentId === accountId ? (accounts[0]?.id ?? null) : list.currentId;
    return { accounts, currentId };
  });
}

/** Makes an account the current one. An unknown id changes nothing. */
export function selectAccount(accountId: string): Promise<void> {
  return stored.change((list) =>
    list.accounts.some(({ id }) => id === accountId) ? { ...list, currentId: accountId } : list,
  );
}

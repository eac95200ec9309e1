import { defineStorageItem } from '../browser/storage-item.ts';
import type { AccountRecord } from '../model/account.ts';

export interface AccountList {
  accounts: AccountRecord[];
  /** The account in use; always one of the accounts where there are any. */
  currentId: string | null;
}

const stored = defineStorageItem<AccountList>('local', 'accounts', { accounts: [], currentId: null });

export function getAccounts(): Promise<AccountList> {
  return stored.read();
}

/** Adds an account, or replaces the one with the same id. The first one comes into use. */
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

/** Takes an account out; if it was in use, the first of the others comes into use. */
export function deleteAccount(accountId: string): Promise<void> {
  return stored.change((book) => {
    const accounts = book.accounts.filter(({ id }) => id !== accountId);
    const currentId = book.currentId === accountId ? (accounts[0]?.id ?? null) : book.currentId;
    return { accounts, currentId };
  });
}

/** Brings an account into use. An unknown one changes nothing. */
export function selectAccount(accountId: string): Promise<void> {
  return stored.change((book) =>
    book.accounts.some(({ id }) => id === accountId) ? { ...book, currentId: accountId } : book,
  );
}

import { storage } from 'wxt/utils/storage';
import type { Environment } from '../environment.ts';
import type { SignIn } from './keys.ts';

/** What is kept of an account on disk. Its keys are elsewhere. */
export interface AccountRecord {
  id: string;
  name: string;
  environment: Environment;
  signIn: SignIn;
}

export interface AccountBook {
  accounts: AccountRecord[];
  /** The account in use; always one of the accounts where there are any. */
  currentId: string | null;
}

const stored = storage.defineItem<AccountBook>('local:accounts', {
  fallback: { accounts: [], currentId: null },
  version: 1,
});

export function readAccountBook(): Promise<AccountBook> {
  return stored.getValue();
}

/** Adds an account, or replaces the one with the same id. The first one comes into use. */
export async function putAccount(account: AccountRecord): Promise<void> {
  const { accounts, currentId } = await readAccountBook();
  const known = accounts.some(({ id }) => id === account.id);
  await stored.setValue({
    accounts: known ? accounts.map((old) => (old.id === account.id ? account : old)) : [...accounts, account],
    currentId: currentId ?? account.id,
  });
}

/** Takes an account out; if it was in use, the first of the others comes into use. */
export async function deleteAccount(accountId: string): Promise<void> {
  const book = await readAccountBook();
  const accounts = book.accounts.filter(({ id }) => id !== accountId);
  const currentId = book.currentId === accountId ? (accounts[0]?.id ?? null) : book.currentId;
  await stored.setValue({ accounts, currentId });
}

/** Brings an account into use. An unknown one changes nothing. */
export async function useAccount(accountId: string): Promise<void> {
  const book = await readAccountBook();
  if (book.accounts.some(({ id }) => id === accountId))
    await stored.setValue({ ...book, currentId: accountId });
}

export function forgetAccounts(): Promise<void> {
  return stored.removeValue();
}

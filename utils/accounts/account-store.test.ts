import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { AccountRecord } from '../model/account.ts';
import { deleteAccount, getAccounts, saveAccount, selectAccount } from './account-store.ts';

const account = (id: string, change: Partial<AccountRecord> = {}): AccountRecord => ({
  id,
  name: `Account ${id}`,
  environment: 'UAT',
  authMethod: 'secret-key',
  ...change,
});

beforeEach(() => fakeBrowser.reset());

describe('the account store', () => {
  it('is empty at first', async () => {
    expect(await getAccounts()).toEqual({ accounts: [], currentId: null });
  });

  it('makes the first account the current one, and keeps it', async () => {
    await saveAccount(account('a'));
    await saveAccount(account('b'));
    expect(await getAccounts()).toEqual({ accounts: [account('a'), account('b')], currentId: 'a' });
  });

  it('replaces an account in its place', async () => {
    await saveAccount(account('a'));
    await saveAccount(account('b'));
    await saveAccount(account('a', { name: 'New', environment: 'LIVE' }));
    const { accounts, currentId } = await getAccounts();
    expect(accounts.map(({ name }) => name)).toEqual(['New', 'Account b']);
    expect(currentId).toBe('a');
  });

  it('selects a known account only', async () => {
    await saveAccount(account('a'));
    await saveAccount(account('b'));
    await selectAccount('b');
    await selectAccount('unknown');
    expect((await getAccounts()).currentId).toBe('b');
  });

  it('selects the first of the others if the current account is deleted', async () => {
    for (const id of ['a', 'b', 'c']) await saveAccount(account(id));
    await selectAccount('b');
    await deleteAccount('b');
    expect((await getAccounts()).currentId).toBe('a');
    await deleteAccount('c');
    expect((await getAccounts()).currentId).toBe('a');
    await deleteAccount('a');
    expect(await getAccounts()).toEqual({ accounts: [], currentId: null });
  });
});

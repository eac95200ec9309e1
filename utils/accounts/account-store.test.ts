import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { AccountRecord } from '../model/account.ts';
import { deleteAccount, putAccount, readAccountBook, useAccount } from './account-store.ts';

const account = (id: string, change: Partial<AccountRecord> = {}): AccountRecord => ({
  id,
  name: `Account ${id}`,
  environment: 'UAT',
  signIn: 'secret-key',
  ...change,
});

beforeEach(() => fakeBrowser.reset());

describe('the accounts', () => {
  it('are none at first', async () => {
    expect(await readAccountBook()).toEqual({ accounts: [], currentId: null });
  });

  it('come into use with the first one, and stay so', async () => {
    await putAccount(account('a'));
    await putAccount(account('b'));
    expect(await readAccountBook()).toEqual({ accounts: [account('a'), account('b')], currentId: 'a' });
  });

  it('are replaced in their place', async () => {
    await putAccount(account('a'));
    await putAccount(account('b'));
    await putAccount(account('a', { name: 'New', environment: 'LIVE' }));
    const { accounts, currentId } = await readAccountBook();
    expect(accounts.map(({ name }) => name)).toEqual(['New', 'Account b']);
    expect(currentId).toBe('a');
  });

  it('change over to one that is known only', async () => {
    await putAccount(account('a'));
    await putAccount(account('b'));
    await useAccount('b');
    await useAccount('nobody');
    expect((await readAccountBook()).currentId).toBe('b');
  });

  it('change over to the first of the others when the one in use is taken out', async () => {
    for (const id of ['a', 'b', 'c']) await putAccount(account(id));
    await useAccount('b');
    await deleteAccount('b');
    expect((await readAccountBook()).currentId).toBe('a');
    await deleteAccount('c');
    expect((await readAccountBook()).currentId).toBe('a');
    await deleteAccount('a');
    expect(await readAccountBook()).toEqual({ accounts: [], currentId: null });
  });
});

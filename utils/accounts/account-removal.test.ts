import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { AccountServiceFixture } from '../../tests/support/account-service-fixture.ts';
import { getAccounts } from './account-store.ts';

let kit: AccountServiceFixture;
beforeEach(() => {
  fakeBrowser.reset();
  kit = new AccountServiceFixture();
});

describe('removing an account', () => {
  it('deletes its keys and its gateway session', async () => {
    const { id } = await kit.saved();
    expect(await kit.service.remove(id)).toEqual({ keys: 'gone', account: true });
    expect(await kit.service.list()).toEqual([]);
    expect(await kit.keys.read(id)).toBeUndefined();
    expect(kit.cleared).toEqual([id, id]);
    expect((await getAccounts()).currentId).toBeNull();
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toMatch(/AK-1|SK-1/);
  });

  it('keeps the account for another try if its keys could not be deleted, and deletes its token', async () => {
    const { id } = await kit.saved();
    kit.removalFails = true;
    expect(await kit.service.remove(id)).toEqual({ keys: 'left', account: false });
    expect(await kit.service.list()).toMatchObject([{ id, hasKeys: true }]);
    expect(kit.cleared).toEqual([id, id]);
    kit.removalFails = false;
    expect(await kit.service.remove(id)).toEqual({ keys: 'gone', account: true });
  });

  it('reports an account that could not be deleted after its keys', async () => {
    const { id } = await kit.saved();
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValueOnce(new Error('disk full'));
    expect(await kit.service.remove(id)).toEqual({ keys: 'gone', account: false });
    expect(await kit.keys.read(id)).toBeUndefined();
    expect(await kit.service.list()).toMatchObject([{ id, hasKeys: false }]);
  });
});

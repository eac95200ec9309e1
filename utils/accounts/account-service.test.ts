import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { AccountServiceFixture, DRAFT } from '../../tests/support/account-service-fixture.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { getAccounts } from './account-store.ts';

let kit: AccountServiceFixture;
beforeEach(() => {
  fakeBrowser.reset();
  kit = new AccountServiceFixture();
});

describe('saving an account', () => {
  it('keeps the keys apart from the record, trims the inputs, and deletes old tokens', async () => {
    const result = await kit.service.save({
      ...DRAFT,
      name: ' Main counter ',
      accessKey: ' AK-1\n',
      secret: 'SK-1 ',
    });
    const [account] = await kit.service.list();
    expect(result).toEqual({ ok: true, account });
    expect(account).toMatchObject({
      name: 'Main counter',
      environment: 'UAT',
      authMethod: 'secret-key',
      hasKeys: true,
    });
    expect(await kit.keys.read(String(account?.id))).toEqual({
      authMethod: 'secret-key',
      accessKey: 'AK-1',
      secretKey: 'SK-1',
    });
    expect(kit.cleared).toEqual([account?.id]);
    expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).not.toMatch(/AK-1|SK-1/);
  });

  it.each([
    [{ name: ' ' }, { field: 'name', code: 'required' }],
    [{ name: 'x'.repeat(61) }, { field: 'name', code: 'too-long', limit: 60 }],
    [{ accessKey: '' }, { field: 'accessKey', code: 'required' }],
    [{ accessKey: 'A K' }, { field: 'accessKey', code: 'not-printable' }],
    [{ accessKey: 'AK\u200b' }, { field: 'accessKey', code: 'not-printable' }],
    [{ accessKey: 'А1' }, { field: 'accessKey', code: 'not-printable' }],
    [{ secret: '' }, { field: 'secret', code: 'required' }],
    [{ secret: 'S\r\nX-Evil: 1' }, { field: 'secret', code: 'not-printable' }],
  ])('rejects %j', async (change, problem) => {
    expect(await kit.service.save({ ...DRAFT, ...change })).toEqual({ ok: false, problems: [problem] });
    expect(await kit.service.list()).toEqual([]);
    expect(kit.cleared).toEqual([]);
  });

  it.each([
    { status: 'locked', protection: 'passphrase', nextTryAt: 0 },
    { status: 'problem', problem: 'damaged' },
  ] as const)('rejects a draft while the vault is in state “$status”', async (closed) => {
    kit.state = closed;
    expect(await kit.service.save(DRAFT)).toEqual({
      ok: false,
      problems: [{ field: 'vault', code: 'closed' }],
    });
    expect(await kit.check(DRAFT)).toMatchObject({ ok: false, problems: [{ field: 'vault' }] });
    expect([await kit.service.list(), kit.calls]).toEqual([[], []]);
  });

  it('saves no account if the vault is locked in the meantime', async () => {
    kit.locksBeforeSaving = true;
    expect(await kit.service.save(DRAFT)).toMatchObject({ ok: false, problems: [{ field: 'vault' }] });
    expect(await kit.service.list()).toEqual([]);
  });

  it('creates a new account if the environment changes, and removes the old one', async () => {
    const { id } = await kit.saved();
    const moved = await kit.service.save({ ...DRAFT, id, environment: 'LIVE' });
    expect(moved).toMatchObject({ ok: true, account: { environment: 'LIVE' } });
    expect(await kit.service.find(id)).toBeUndefined();
    const list = await getAccounts();
    expect(list.accounts).toHaveLength(1);
    expect(list.currentId).toBe(list.accounts[0]?.id);
    expect(list.currentId).not.toBe(id);
  });

  it('rejects an environment that the policy excludes', async () => {
    kit.policy = { ...DEFAULT_POLICY, environments: ['LIVE'] };
    const problems = [{ field: 'environment', code: 'forbidden' }];
    expect(await kit.service.save(DRAFT)).toEqual({ ok: false, problems });
  });

  it('reports all problems at once', async () => {
    const result = await kit.service.save({ ...DRAFT, name: '', accessKey: '', secret: '' });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ field: 'name' }, { field: 'accessKey' }, { field: 'secret' }],
    });
  });

  it('rejects a name that another account has, regardless of case', async () => {
    await kit.saved();
    expect(await kit.service.save({ ...DRAFT, name: 'MAIN COUNTER' })).toEqual({
      ok: false,
      problems: [{ field: 'name', code: 'taken' }],
    });
  });

  it('keeps the saved keys if both fields are empty', async () => {
    const { id } = await kit.saved();
    await kit.service.save({ ...DRAFT, id, name: 'Renamed', accessKey: '', secret: '' });
    expect(await kit.service.list()).toMatchObject([{ id, name: 'Renamed', hasKeys: true }]);
    expect(await kit.keys.read(id)).toEqual({
      authMethod: 'secret-key',
      accessKey: 'AK-1',
      secretKey: 'SK-1',
    });
  });

  it('requires the secret of a new sign-in method', async () => {
    const { id } = await kit.saved();
    expect(
      await kit.service.save({ ...DRAFT, id, authMethod: 'authorization-token', accessKey: '', secret: '' }),
    ).toEqual({
      ok: false,
      problems: [{ field: 'secret', code: 'required' }],
    });
  });

  it('requires keys that were lost with the session', async () => {
    const { id } = await kit.saved();
    await fakeBrowser.storage.session.clear();
    kit = new AccountServiceFixture();
    expect(await kit.service.list()).toMatchObject([{ id, hasKeys: false }]);
    expect(await kit.service.save({ ...DRAFT, id, accessKey: '', secret: '' })).toMatchObject({
      problems: [{ field: 'accessKey' }, { field: 'secret' }],
    });
  });
});

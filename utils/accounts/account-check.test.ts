import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { AccountServiceFixture, DRAFT } from '../../tests/support/account-service-fixture.ts';

let kit: AccountServiceFixture;
beforeEach(() => {
  fakeBrowser.reset();
  kit = new AccountServiceFixture();
});

describe('checking a connection', () => {
  const NEW_KEYS = { authMethod: 'secret-key', accessKey: 'AK-1', secretKey: 'SK-1' } as const;

  it('reads with the keys of the draft, and saves nothing', async () => {
    expect(await kit.check({ ...DRAFT, environment: 'LIVE' })).toMatchObject({
      ok: true,
      check: { 'sign-in': { kind: 'signed-in' }, search: { kind: 'searched' } },
    });
    expect(kit.calls).toEqual(
      ['sign-in', 'get', 'search'].map((call) => ({ by: 'probe', call, accountId: 'probe', keys: NEW_KEYS })),
    );
    expect(await kit.service.list()).toEqual([]);
    expect(await kit.memory.read('probe')).toEqual({});
  });

  it('A43 uses the account’s own client for saved keys', async () => {
    const { id } = await kit.saved();
    await kit.check({ ...DRAFT, id, accessKey: '', secret: '' });
    await kit.check({ ...DRAFT, id });
    expect(new Set(kit.calls.map(({ by }) => by))).toEqual(new Set(['account']));
    expect(await kit.memory.read(id)).toMatchObject({ token: 'SANDBOX-TOKEN', scheme: 'bare' });
  });

  it('A43 keeps the token of new keys apart, and shares the rest of the session with the account', async () => {
    const { id } = await kit.saved();
    await kit.check({ ...DRAFT, id, secret: 'SK-2' });
    expect(new Set(kit.calls.map(({ by }) => by))).toEqual(new Set(['probe']));
    expect(await kit.memory.read(id)).toEqual({ scheme: 'bare', rateLimitedUntil: 5 });
  });

  it('shares nothing with an account of another environment', async () => {
    const { id } = await kit.saved();
    await kit.check({ ...DRAFT, id, environment: 'LIVE' });
    expect(new Set(kit.calls.map(({ by }) => by))).toEqual(new Set(['probe']));
    expect(await kit.memory.read(id)).toEqual({});
  });

  it('reports a missing site permission without sending a request', async () => {
    kit.reachable = ['LIVE'];
    const failure = { kind: 'not-sent', reason: 'no-site-access' };
    expect(await kit.check(DRAFT)).toMatchObject({ check: { 'sign-in': { kind: 'failed', failure } } });
    expect(kit.calls).toEqual([]);
    expect(await kit.check({ ...DRAFT, environment: 'LIVE' })).toMatchObject({
      check: { 'sign-in': { kind: 'signed-in' } },
    });
  });

  it('reports missing keys without sending a request', async () => {
    expect(await kit.check({ ...DRAFT, secret: '' })).toEqual({
      ok: false,
      problems: [{ field: 'secret', code: 'required' }],
    });
    expect(kit.calls).toEqual([]);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createSessionRecords, type SessionRecords } from '../browser/session-records.ts';
import { createInMemorySessionStore } from '../enkash/session-store.ts';
import type { AccountRef, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { Credentials } from '../model/credentials.ts';
import type { Environment } from '../model/environment.ts';
import { DEFAULT_POLICY, type Policy } from '../settings/policy.ts';
import type { VaultState } from '../vault/vault.ts';
import { type AccountServiceDeps, createAccountService } from './account-service.ts';
import { getAccounts } from './account-store.ts';

const DRAFT = {
  name: 'Main counter',
  environment: 'UAT',
  colour: 'blue',
  authMethod: 'secret-key',
  accessKey: 'AK-1',
  secret: 'SK-1',
} as const;

let forgotten: string[];
let policy: Policy;
let state: VaultState;
let closesMeanwhile: boolean;
let reachable: Environment[];
let removalFails: boolean;
/** The calls of checks: whose client made them, with which keys. */
let calls: { by: 'account' | 'probe'; call: string; accountId: string; keys: Credentials }[];
let memory: GatewaySessionStore;

/** A vault that is open, and keeps keys as they are. */
function openVault(keys: SessionRecords<Credentials>): AccountServiceDeps['vault'] {
  return {
    state: async () => state,
    has: async (id) => (await keys.read(id)) !== undefined,
    async open({ id }) {
      const found = await keys.read(id);
      return found ? { ok: true, keys: found } : { ok: false, reason: 'no-keys' };
    },
    async save({ id }, changed) {
      if (closesMeanwhile) return false;
      await keys.change(id, () => changed);
      return true;
    },
    async remove(id) {
      if (removalFails) throw new Error('disk full');
      await keys.remove(id);
      return 'gone';
    },
  };
}

function open() {
  const keys = createSessionRecords<Credentials>('keys');
  const vault = openVault(keys);
  /** A client that is let in, and remembers what it learns. */
  function clientOf(by: 'account' | 'probe', openKeys: GetCredentials, own: GatewaySessionStore) {
    const call = (name: string) => async (account: AccountRef) => {
      const opened = await openKeys(account);
      if (!opened.ok) return { kind: 'not-sent', reason: opened.reason } as const;
      calls.push({ by, call: name, accountId: account.id, keys: opened.keys });
      await own.write(account.id, { token: 'SANDBOX-TOKEN', scheme: 'bare', rateLimitedUntil: 5 });
      return { kind: 'answered', code: 0, message: '', payload: {} as never } as const;
    };
    return { signIn: call('sign-in'), getQrCode: call('get'), searchQrCodes: call('search') };
  }
  const office = createAccountService({
    vault,
    readPolicy: async () => policy,
    hasHostPermission: async (environment) => reachable.includes(environment),
    clearGatewaySession: async (accountId) => void forgotten.push(accountId),
    client: clientOf('account', (account) => vault.open(account), memory),
    memory,
    createTestClient: (openKeys, own) => clientOf('probe', openKeys, own),
  });
  const check = (draft: Parameters<typeof office.check>[0]) =>
    office.check(draft, undefined, () => undefined);
  return { keys, office, check };
}

async function saved(office = open().office) {
  const result = await office.save(DRAFT);
  if (!result.ok) throw new Error('not saved');
  return result.account;
}

beforeEach(() => {
  fakeBrowser.reset();
  forgotten = [];
  policy = DEFAULT_POLICY;
  state = { status: 'open', protection: 'device' };
  closesMeanwhile = false;
  reachable = ['UAT', 'LIVE'];
  calls = [];
  memory = createInMemorySessionStore();
});

describe('saving an account', () => {
  it('keeps its keys apart from the record, trims what was typed, and forgets old tokens', async () => {
    const { office, keys } = open();
    const result = await office.save({
      ...DRAFT,
      name: ' Main counter ',
      accessKey: ' AK-1\n',
      secret: 'SK-1 ',
    });
    const [account] = await office.list();
    expect(result).toEqual({ ok: true, account });
    expect(account).toMatchObject({
      name: 'Main counter',
      environment: 'UAT',
      authMethod: 'secret-key',
      hasKeys: true,
    });
    expect(await keys.read(String(account?.id))).toEqual({
      authMethod: 'secret-key',
      accessKey: 'AK-1',
      secretKey: 'SK-1',
    });
    expect(forgotten).toEqual([account?.id]);
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
  ])('with %j is refused', async (change, problem) => {
    const { office } = open();
    expect(await office.save({ ...DRAFT, ...change })).toEqual({ ok: false, problems: [problem] });
    expect(await office.list()).toEqual([]);
    expect(forgotten).toEqual([]);
  });

  it.each([
    { status: 'locked', protection: 'passphrase', nextTryAt: 0 },
    { status: 'problem', problem: 'damaged' },
  ] as const)('while the vault is $status is refused', async (closed) => {
    state = closed;
    const { office, check } = open();
    expect(await office.save(DRAFT)).toEqual({ ok: false, problems: [{ field: 'vault', code: 'closed' }] });
    expect(await check(DRAFT)).toMatchObject({ ok: false, problems: [{ field: 'vault' }] });
    expect([await office.list(), calls]).toEqual([[], []]);
  });

  it('that is locked while it goes on leaves no account behind', async () => {
    closesMeanwhile = true;
    const { office } = open();
    expect(await office.save(DRAFT)).toMatchObject({ ok: false, problems: [{ field: 'vault' }] });
    expect(await office.list()).toEqual([]);
  });

  it('in another environment makes it another account: what is open on the old one finds nothing', async () => {
    const { office } = open();
    const { id } = await saved(office);
    const moved = await office.save({ ...DRAFT, id, environment: 'LIVE' });
    expect(moved).toMatchObject({ ok: true, account: { environment: 'LIVE' } });
    expect(await office.find(id)).toBeUndefined();
    const book = await getAccounts();
    expect(book.accounts).toHaveLength(1);
    expect(book.currentId).toBe(book.accounts[0]?.id);
    expect(book.currentId).not.toBe(id);
  });

  it('in an environment that the policy leaves out is refused', async () => {
    policy = { ...DEFAULT_POLICY, environments: ['LIVE'] };
    const problems = [{ field: 'environment', code: 'forbidden' }];
    expect(await open().office.save(DRAFT)).toEqual({ ok: false, problems });
  });

  it('tells all that is wrong at once', async () => {
    const result = await open().office.save({ ...DRAFT, name: '', accessKey: '', secret: '' });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ field: 'name' }, { field: 'accessKey' }, { field: 'secret' }],
    });
  });

  it('under a name that is taken is refused, whatever its case', async () => {
    const { office } = open();
    await saved(office);
    expect(await office.save({ ...DRAFT, name: 'MAIN COUNTER' })).toEqual({
      ok: false,
      problems: [{ field: 'name', code: 'taken' }],
    });
  });

  it('again, with nothing typed for the keys, keeps them', async () => {
    const { office, keys } = open();
    const { id } = await saved(office);
    await office.save({ ...DRAFT, id, name: 'Renamed', accessKey: '', secret: '' });
    expect(await office.list()).toMatchObject([{ id, name: 'Renamed', hasKeys: true }]);
    expect(await keys.read(id)).toEqual({ authMethod: 'secret-key', accessKey: 'AK-1', secretKey: 'SK-1' });
  });

  it('with another way to sign in asks for its secret', async () => {
    const { office } = open();
    const { id } = await saved(office);
    expect(
      await office.save({ ...DRAFT, id, authMethod: 'authorization-token', accessKey: '', secret: '' }),
    ).toEqual({
      ok: false,
      problems: [{ field: 'secret', code: 'required' }],
    });
  });

  it('after the browser was closed asks for the keys again', async () => {
    const { id } = await saved();
    await fakeBrowser.storage.session.clear();
    const { office } = open();
    expect(await office.list()).toMatchObject([{ id, hasKeys: false }]);
    expect(await office.save({ ...DRAFT, id, accessKey: '', secret: '' })).toMatchObject({
      problems: [{ field: 'accessKey' }, { field: 'secret' }],
    });
  });
});

describe('checking a connection', () => {
  const NEW_KEYS = { authMethod: 'secret-key', accessKey: 'AK-1', secretKey: 'SK-1' } as const;

  it('reads only, with what was typed, and saves nothing', async () => {
    const { office, check } = open();
    expect(await check({ ...DRAFT, environment: 'LIVE' })).toMatchObject({
      ok: true,
      check: { 'sign-in': { kind: 'signed-in' }, search: { kind: 'searched' } },
    });
    expect(calls).toEqual(
      ['sign-in', 'get', 'search'].map((call) => ({ by: 'probe', call, accountId: 'probe', keys: NEW_KEYS })),
    );
    expect(await office.list()).toEqual([]);
    expect(await memory.read('probe')).toEqual({});
  });

  it('A43 of saved keys is made with the account’s own client', async () => {
    const { office, check } = open();
    const { id } = await saved(office);
    await check({ ...DRAFT, id, accessKey: '', secret: '' });
    await check({ ...DRAFT, id });
    expect(new Set(calls.map(({ by }) => by))).toEqual(new Set(['account']));
    expect(await memory.read(id)).toMatchObject({ token: 'SANDBOX-TOKEN', scheme: 'bare' });
  });

  it('A43 of new keys keeps their token apart, and shares the rest with the account', async () => {
    const { office, check } = open();
    const { id } = await saved(office);
    await check({ ...DRAFT, id, secret: 'SK-2' });
    expect(new Set(calls.map(({ by }) => by))).toEqual(new Set(['probe']));
    expect(await memory.read(id)).toEqual({ scheme: 'bare', rateLimitedUntil: 5 });
  });

  it('of another environment shares nothing with the account', async () => {
    const { office, check } = open();
    const { id } = await saved(office);
    await check({ ...DRAFT, id, environment: 'LIVE' });
    expect(new Set(calls.map(({ by }) => by))).toEqual(new Set(['probe']));
    expect(await memory.read(id)).toEqual({});
  });

  it('where the browser keeps us from the gateway says so, and calls nobody', async () => {
    reachable = ['LIVE'];
    const { check } = open();
    const failure = { kind: 'not-sent', reason: 'no-site-access' };
    expect(await check(DRAFT)).toMatchObject({ check: { 'sign-in': { kind: 'failed', failure } } });
    expect(calls).toEqual([]);
    expect(await check({ ...DRAFT, environment: 'LIVE' })).toMatchObject({
      check: { 'sign-in': { kind: 'signed-in' } },
    });
  });

  it('with keys missing asks for them and calls nobody', async () => {
    expect(await open().check({ ...DRAFT, secret: '' })).toEqual({
      ok: false,
      problems: [{ field: 'secret', code: 'required' }],
    });
    expect(calls).toEqual([]);
  });
});

describe('removing an account', () => {
  it('takes its keys and tokens with it', async () => {
    const { office, keys } = open();
    const { id } = await saved(office);
    expect(await office.remove(id)).toEqual({ keys: 'gone', account: true });
    expect(await office.list()).toEqual([]);
    expect(await keys.read(id)).toBeUndefined();
    expect(forgotten).toEqual([id, id]);
    expect((await getAccounts()).currentId).toBeNull();
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toMatch(/AK-1|SK-1/);
  });

  it('whose keys could not be deleted leaves it in the list, to be tried again, and forgets its token', async () => {
    const { office } = open();
    const { id } = await saved(office);
    removalFails = true;
    expect(await office.remove(id)).toEqual({ keys: 'left', account: false });
    expect(await office.list()).toMatchObject([{ id, hasKeys: true }]);
    expect(forgotten).toEqual([id, id]);
    removalFails = false;
    expect(await office.remove(id)).toEqual({ keys: 'gone', account: true });
  });

  it('says so if the keys are gone and the account can’t be taken out', async () => {
    const { office, keys } = open();
    const { id } = await saved(office);
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValueOnce(new Error('disk full'));
    expect(await office.remove(id)).toEqual({ keys: 'gone', account: false });
    expect(await keys.read(id)).toBeUndefined();
    expect(await office.list()).toMatchObject([{ id, hasKeys: false }]);
  });
});

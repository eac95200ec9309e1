import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type AccountOfficeDeps, createAccountOffice } from './account-office.ts';
import type { Account } from './enkash/account.ts';
import type { EnKashClient } from './enkash/client.ts';
import type { GatewayAnswer } from './enkash/errors.ts';
import type { QrCode } from './enkash/qr-code.ts';
import type { Environment } from './environment.ts';
import { NO_POLICY, type Policy } from './policy.ts';
import { readAccountBook } from './vault/accounts.ts';
import type { Keys } from './vault/keys.ts';
import { createSessionRecords, type SessionRecords } from './vault/session-records.ts';
import type { VaultState } from './vault/vault.ts';

const DRAFT = {
  name: 'Main counter',
  environment: 'UAT',
  colour: 'blue',
  signIn: 'secret-key',
  accessKey: 'AK-1',
  secret: 'SK-1',
} as const;

let answer: GatewayAnswer<QrCode>;
let forgotten: string[];
let policy: Policy;
let state: VaultState;
let closesMeanwhile: boolean;
let reachable: Environment[];
let removalFails: boolean;
let probed: { keys: Keys; environment: string; calls: string[] }[];

/** A vault that is open, and keeps keys as they are. */
function openVault(keys: SessionRecords<Keys>): AccountOfficeDeps['vault'] {
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
  const keys = createSessionRecords<Keys>('keys');
  const office = createAccountOffice({
    vault: openVault(keys),
    readPolicy: async () => policy,
    mayReach: async (environment) => reachable.includes(environment),
    forgetMemory: async (accountId) => void forgotten.push(accountId),
    createProbe(openKeys): EnKashClient {
      const nobody = () => Promise.reject(new Error('No account is tested by a search.'));
      const call = (name: string) => async (account: Account) => {
        const opened = await openKeys(account);
        if (!opened.ok) return { kind: 'not-sent', reason: opened.reason } as const;
        probed.push({ keys: opened.keys, environment: account.environment, calls: [name] });
        return answer;
      };
      return {
        getQrCode: call('get'),
        cancelQrCode: call('cancel'),
        searchQrCodes: nobody,
        createQrCode: nobody,
        signIn: nobody,
      };
    },
  });
  return { keys, office };
}

async function saved(office = open().office) {
  const result = await office.save(DRAFT);
  if (!result.ok) throw new Error('not saved');
  return result.account;
}

beforeEach(() => {
  fakeBrowser.reset();
  answer = { kind: 'not-found', httpStatus: 404, code: null, message: '' };
  forgotten = [];
  policy = NO_POLICY;
  state = { status: 'open', protection: 'device' };
  closesMeanwhile = false;
  reachable = ['UAT', 'LIVE'];
  probed = [];
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
      signIn: 'secret-key',
      hasKeys: true,
    });
    expect(await keys.read(String(account?.id))).toEqual({
      signIn: 'secret-key',
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
    const { office } = open();
    expect(await office.save(DRAFT)).toEqual({ ok: false, problems: [{ field: 'vault', code: 'closed' }] });
    expect(await office.test(DRAFT)).toMatchObject({ ok: false, problems: [{ field: 'vault' }] });
    expect([await office.list(), probed]).toEqual([[], []]);
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
    const book = await readAccountBook();
    expect(book.accounts).toHaveLength(1);
    expect(book.currentId).toBe(book.accounts[0]?.id);
    expect(book.currentId).not.toBe(id);
  });

  it('in an environment that the policy leaves out is refused', async () => {
    policy = { ...NO_POLICY, environments: ['LIVE'] };
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
    expect(await keys.read(id)).toEqual({ signIn: 'secret-key', accessKey: 'AK-1', secretKey: 'SK-1' });
  });

  it('with another way to sign in asks for its secret', async () => {
    const { office } = open();
    const { id } = await saved(office);
    expect(
      await office.save({ ...DRAFT, id, signIn: 'authorization-token', accessKey: '', secret: '' }),
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

describe('testing a connection', () => {
  it('reads only, with what was typed, and saves nothing', async () => {
    const { office } = open();
    expect(await office.test({ ...DRAFT, environment: 'LIVE' })).toEqual({ ok: true });
    expect(probed).toEqual([
      {
        keys: { signIn: 'secret-key', accessKey: 'AK-1', secretKey: 'SK-1' },
        environment: 'LIVE',
        calls: ['get'],
      },
    ]);
    expect(await office.list()).toEqual([]);
  });

  it.each([
    [{ kind: 'answered', code: 0, message: '', payload: {} }, true],
    [{ kind: 'rejected', httpStatus: 200, code: 5, message: 'No such code' }, true],
    [{ kind: 'rejected', httpStatus: 403, code: null, message: 'Forbidden' }, false],
    [{ kind: 'keys-refused', httpStatus: 200, code: 117, message: '' }, false],
    [{ kind: 'not-sent', reason: 'keys-refused' }, false],
    [{ kind: 'unclear', reason: 'timeout' }, false],
    [{ kind: 'rate-limited', until: 5, message: '' }, false],
  ] as [GatewayAnswer<QrCode>, boolean][])('that is answered by %j works: %s', async (given, ok) => {
    answer = given;
    expect(await open().office.test(DRAFT)).toEqual(ok ? { ok } : { ok, failure: given });
  });

  it('where the browser keeps us from the gateway says so, and calls nobody', async () => {
    reachable = ['LIVE'];
    const { office } = open();
    expect(await office.test(DRAFT)).toEqual({
      ok: false,
      failure: { kind: 'not-sent', reason: 'no-site-access' },
    });
    expect(probed).toEqual([]);
    expect(await office.test({ ...DRAFT, environment: 'LIVE' })).toEqual({ ok: true });
  });

  it('with keys missing asks for them and calls nobody', async () => {
    expect(await open().office.test({ ...DRAFT, secret: '' })).toEqual({
      ok: false,
      problems: [{ field: 'secret', code: 'required' }],
    });
    expect(probed).toEqual([]);
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
    expect((await readAccountBook()).currentId).toBeNull();
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

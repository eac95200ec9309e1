import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../sandbox/fault.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { createEnKashClient } from './client.ts';
import type { NewQrCode } from './create.ts';
import { createInMemorySessionStore } from './session-store.ts';

let kit: ServiceFixture;
beforeAll(async () => {
  kit = await createServiceFixture();
});
beforeEach(() => kit.reset());
afterAll(() => kit.close());

const REQUESTED: NewQrCode = {
  qrName: 'Counter 4 – चाय',
  multipleUse: true,
  amount: 1250.5,
  description: 'Two\nlines',
  expiry: '2031-12-31T23:59:00',
  customerName: 'Asha Rao',
  customParams: [
    ['store', 'Pune'],
    ['invoice', ''],
  ],
};
const create = (requested = REQUESTED, options = {}) =>
  kit.client.createQrCode(kit.account, requested, options);
const creates = () => kit.sandbox.requests.of('create');
const count = () => kit.sandbox.qrCodes.all('UAT').length;
const fault = (answer: Answer, applyEffect = false) =>
  kit.sandbox.faults.add({ on: 'create', answer, applyEffect });

describe('a create', () => {
  it('is one POST with both headers and the requested fields, and returns the new code', async () => {
    const before = count();
    const answer = await create();
    expect(answer).toMatchObject({
      kind: 'answered',
      code: 0,
      message: 'SUCCESS',
      payload: {
        qrCodeId: expect.stringMatching(/^QR/),
        status: 'ACTIVE',
        qrName: REQUESTED.qrName,
        amount: 1250.5,
        fixedAmount: true,
        customParams: { store: 'Pune', invoice: '' },
        qrCodeBase64: expect.stringMatching(/^data:image\/png;base64,/),
      },
    });
    expect(count()).toBe(before + 1);
    const [request, ...more] = creates();
    expect(more).toEqual([]);
    expect(request).toMatchObject({ method: 'POST', path: '/api/v0/qr-code', query: '' });
    expect(request?.headers).toMatchObject({
      merchantaccesskey: kit.sandbox.merchants.UAT.accessKey,
      authorization: expect.stringMatching(/^Bearer \S+$/),
      'content-type': 'application/json',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      ...REQUESTED,
      fixedAmount: true,
      customParams: Object.fromEntries(REQUESTED.customParams),
    });
  });

  it('for any amount sends neither an amount nor absent fields', async () => {
    await create({ qrName: 'Any', multipleUse: false, customParams: [] });
    expect(JSON.parse(creates()[0]?.body ?? '')).toEqual({
      qrName: 'Any',
      multipleUse: false,
      fixedAmount: false,
    });
  });

  it('is sent to the account’s own environment', async () => {
    kit.setKeys(kit.secretKeysOf('LIVE'));
    await kit.client.createQrCode(kit.live, REQUESTED);
    expect(creates()).toMatchObject([{ environment: 'LIVE' }]);
  });

  it.each<[Answer, object]>([
    [
      { kind: 'reject', code: 12, message: 'No' },
      { kind: 'rejected', code: 12, message: 'No' },
    ],
    [
      { kind: 'status', httpStatus: 400 },
      { kind: 'rejected', httpStatus: 400 },
    ],
    [{ kind: 'status', httpStatus: 404 }, { kind: 'not-found' }],
    [{ kind: 'rate-limit', retryAfter: '1' }, { kind: 'rate-limited' }],
    [
      { kind: 'status', httpStatus: 503, headers: { 'retry-after': '0' } },
      { kind: 'ambiguous', reason: 'server-error' },
    ],
    [
      { kind: 'status', httpStatus: 408 },
      { kind: 'ambiguous', reason: 'server-error' },
    ],
    [{ kind: 'drop' }, { kind: 'ambiguous', reason: 'connection' }],
    [
      { kind: 'cut-json', breakOff: true },
      { kind: 'ambiguous', reason: 'connection' },
    ],
    [{ kind: 'silence' }, { kind: 'ambiguous', reason: 'timeout' }],
    [
      { kind: 'redirect', httpStatus: 307, location: 'https://example.com/' },
      { kind: 'ambiguous', reason: 'redirect' },
    ],
    [{ kind: 'html' }, { kind: 'ambiguous', reason: 'not-json' }],
    [{ kind: 'empty' }, { kind: 'ambiguous', reason: 'empty' }],
    [{ kind: 'no-content' }, { kind: 'ambiguous', reason: 'empty' }],
    [{ kind: 'cut-json' }, { kind: 'ambiguous', reason: 'not-json' }],
    [
      { kind: 'wrong-shape', shape: 'nested' },
      { kind: 'ambiguous', reason: 'wrong-shape' },
    ],
    [{ kind: 'response-code-string' }, { kind: 'answered', code: null }],
    [
      { kind: 'huge', bytes: 4_300_000 },
      { kind: 'ambiguous', reason: 'too-large' },
    ],
    [
      { kind: 'leave-out', fields: ['qrCodeId'] },
      { kind: 'ambiguous', reason: 'no-id', message: 'SUCCESS' },
    ],
    [
      { kind: 'merge', fields: { qrCodeId: null } },
      { kind: 'ambiguous', reason: 'no-id' },
    ],
    [
      { kind: 'merge', fields: { qrCodeId: '' } },
      { kind: 'ambiguous', reason: 'no-id' },
    ],
  ])('answered with %j returns %j and is sent once', async (answer, expected) => {
    fault(answer, true);
    expect(await create()).toMatchObject(expected);
    expect(creates()).toHaveLength(1);
  });

  it('gets one new token if the old one is refused, and is then sent', async () => {
    await create();
    kit.sandbox.faults.add({ on: 'create', times: 1, answer: { kind: 'token-stale' } });
    const before = count();
    expect((await create()).kind).toBe('answered');
    expect(count()).toBe(before + 1);
    expect(creates()).toHaveLength(3);
  });

  it('stops after a few sends if every token is refused', async () => {
    fault({ kind: 'status', httpStatus: 401 });
    expect(await create()).toMatchObject({ kind: 'unauthorized' });
    expect(creates().length).toBeLessThanOrEqual(3);
    expect(kit.sandbox.requests.of('token').length).toBeLessThanOrEqual(2);
  });

  it('that is ambiguous after a refused token is not sent a third time', async () => {
    kit.sandbox.faults.add({ on: 'create', times: 1, answer: { kind: 'token-stale' } });
    fault({ kind: 'drop' }, true);
    const before = count();
    expect(await create()).toMatchObject({ kind: 'ambiguous', reason: 'connection' });
    expect(creates()).toHaveLength(2);
    expect(count()).toBe(before + 1);
  });

  it('is recorded before it is resent, and stays refused if that fails', async () => {
    kit.sandbox.faults.add({ on: 'create', times: 1, answer: { kind: 'token-stale' } });
    const beforeResend = () => Promise.reject(new Error('disk full'));
    expect(await create(REQUESTED, { beforeResend })).toMatchObject({ kind: 'unauthorized' });
    expect(creates()).toHaveLength(1);
  });

  it('is not sent while it is rate-limited, and does not wait', async () => {
    fault({ kind: 'rate-limit', retryAfter: '5' });
    await create();
    expect(await create()).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
    expect(creates()).toHaveLength(1);
  });

  it.each([401, 403])('is sent once if an intermediary refused it with HTTP %i', async (httpStatus) => {
    await kit.client.getQrCode(kit.account, kit.activeId());
    kit.sandbox.faults.add({ on: 'create', answer: { kind: 'status', httpStatus, body: 'html' } });
    expect(await create()).toMatchObject({ kind: 'ambiguous', reason: 'intermediary', httpStatus });
    expect(creates()).toHaveLength(1);
  });

  it('is not sent offline', async () => {
    kit.setOnline(false);
    expect(await create()).toMatchObject({ kind: 'not-sent', reason: 'offline' });
    expect(creates()).toEqual([]);
  });

  it.each<[boolean, object]>([
    [false, { kind: 'not-sent', reason: 'not-once' }],
    [true, { kind: 'unauthorized', code: 117 }],
  ])('whose body was not consumed is unsent; refused before: %s', async (refusedBefore, expected) => {
    const refusal = '{"response_code":117,"response_message":"Invalid token","payload":"Token is invalid."}';
    let calls = 0;
    const client = createEnKashClient({
      clock: kit.clock,
      log: kit.log,
      isOnline: () => true,
      openKeys: async () => ({
        ok: true,
        keys: { authMethod: 'authorization-token', accessKey: 'SANDBOX', authorizationToken: 'SANDBOX' },
      }),
      memory: createInMemorySessionStore(),
      async fetch() {
        calls += 1;
        if (refusedBefore && calls === 1) return new Response(refusal);
        throw new TypeError('Failed to fetch');
      },
    });
    expect(await client.createQrCode(kit.account, REQUESTED)).toMatchObject(expected);
    expect(calls).toBe(refusedBefore ? 2 : 1);
  });
});

import fc from 'fast-check';
import { safeParse } from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../sandbox/fault.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { createEnKashClient } from './client.ts';
import { compareCreated, NewQrCode, parseCreated, serializeCreate } from './create.ts';
import { parseQrCode } from './qr-code.ts';
import { createInMemorySessionStore } from './session-store.ts';

let kit: ServiceFixture;
beforeAll(async () => {
  kit = await createServiceFixture();
});
beforeEach(() => kit.reset());
afterAll(() => kit.close());

const ASKED: NewQrCode = {
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
const create = (asked = ASKED, options = {}) => kit.client.createQrCode(kit.account, asked, options);
const creates = () => kit.sandbox.requests.of('create');
const count = () => kit.sandbox.qrCodes.all('UAT').length;
const fault = (answer: Answer, applyEffect = false) =>
  kit.sandbox.faults.add({ on: 'create', answer, applyEffect });

describe('a create', () => {
  it('is one POST with both headers and what was asked for, and gives the new code', async () => {
    const before = count();
    const answer = await create();
    expect(answer).toMatchObject({
      kind: 'answered',
      code: 0,
      message: 'SUCCESS',
      payload: {
        qrCodeId: expect.stringMatching(/^QR/),
        status: 'ACTIVE',
        qrName: ASKED.qrName,
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
      ...ASKED,
      fixedAmount: true,
      customParams: Object.fromEntries(ASKED.customParams),
    });
  });

  it('for any amount sends none, and nothing that was left out', async () => {
    await create({ qrName: 'Any', multipleUse: false, customParams: [] });
    expect(JSON.parse(creates()[0]?.body ?? '')).toEqual({
      qrName: 'Any',
      multipleUse: false,
      fixedAmount: false,
    });
  });

  it('goes to the account’s own environment', async () => {
    kit.setKeys(kit.secretKeysOf('LIVE'));
    await kit.client.createQrCode(kit.live, ASKED);
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
  ])('answered with %j is told as such, and sent once', async (answer, told) => {
    fault(answer, true);
    expect(await create()).toMatchObject(told);
    expect(creates()).toHaveLength(1);
  });

  it('gets one new token where the old one is refused, and is then sent', async () => {
    await create();
    kit.sandbox.faults.add({ on: 'create', times: 1, answer: { kind: 'token-stale' } });
    const before = count();
    expect((await create()).kind).toBe('answered');
    expect(count()).toBe(before + 1);
    expect(creates()).toHaveLength(3);
  });

  it('does not go on for ever where every token is refused', async () => {
    fault({ kind: 'status', httpStatus: 401 });
    expect(await create()).toMatchObject({ kind: 'unauthorized' });
    expect(creates().length).toBeLessThanOrEqual(3);
    expect(kit.sandbox.requests.of('token').length).toBeLessThanOrEqual(2);
  });

  it('that was unclear after its token was refused is not sent a third time', async () => {
    kit.sandbox.faults.add({ on: 'create', times: 1, answer: { kind: 'token-stale' } });
    fault({ kind: 'drop' }, true);
    const before = count();
    expect(await create()).toMatchObject({ kind: 'ambiguous', reason: 'connection' });
    expect(creates()).toHaveLength(2);
    expect(count()).toBe(before + 1);
  });

  it('is written down before it leaves again, and stays refused where that fails', async () => {
    kit.sandbox.faults.add({ on: 'create', times: 1, answer: { kind: 'token-stale' } });
    const beforeResend = () => Promise.reject(new Error('disk full'));
    expect(await create(ASKED, { beforeResend })).toMatchObject({ kind: 'unauthorized' });
    expect(creates()).toHaveLength(1);
  });

  it('is not sent while the gateway wants to be left alone, and does not wait for it', async () => {
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
  ])('whose body nobody took has not left; refused before: %s', async (refusedBefore, told) => {
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
    expect(await client.createQrCode(kit.account, ASKED)).toMatchObject(told);
    expect(calls).toBe(refusedBefore ? 2 : 1);
  });
});

describe('what was asked for, held against what came', () => {
  const line = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
  const asked = fc.record(
    {
      qrName: line,
      multipleUse: fc.boolean(),
      amount: fc.integer({ min: 1, max: 99_999_999 }).map((paise) => paise / 100),
      description: line,
      expiry: fc
        .date({ min: new Date('2027-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 19)),
      customerName: line,
      customerEmail: line,
      customerMobile: line,
      customerId: line,
      customParams: fc.uniqueArray(fc.tuple(line.filter(isUsable), line), { selector: ([name]) => name }),
    },
    { requiredKeys: ['qrName', 'multipleUse', 'customParams'] },
  ) as fc.Arbitrary<NewQrCode>;
  function isUsable(name: string): boolean {
    return !['__proto__', 'constructor', 'prototype'].includes(name);
  }
  /** A gateway that repeats what it was asked for. */
  const echo = (body: NewQrCode, change: object = {}) =>
    parseQrCode({ ...JSON.parse(serializeCreate(body)), qrCodeId: 'QR26NEW', status: 'ACTIVE', ...change });
  const compared = (body: NewQrCode, change: object = {}) => compareCreated(body, echo(body, change) ?? {});

  it('is the same where the gateway repeats it', () => {
    fc.assert(
      fc.property(asked, (body) => {
        expect(safeParse(NewQrCode, body).success).toBe(true);
        expect(compared(body)).toEqual({
          differences: [],
          missing: [],
        });
      }),
    );
  });

  it('is never the same where one field is another', () => {
    const field = fc.constantFrom(
      'qrName',
      'description',
      'expiry',
      'customerName',
      'customerEmail',
      'customerMobile',
      'customerId',
    );
    fc.assert(
      fc.property(asked, field, (body, name) => {
        const { differences } = compared(body, { [name]: `${body[name] ?? ''}!` });
        expect(differences.map((each) => each.field)).toEqual([name]);
      }),
    );
  });

  it.each<[object, object[]]>([
    [{ amount: 1250.5 }, []],
    [{ amount: '1250.50' }, []],
    [{ amount: 12505 }, [{ field: 'amount', given: { fixed: true, amount: 12505 } }]],
    [{ amount: 'a lot' }, [{ field: 'amount' }]],
    [{ fixedAmount: false }, [{ field: 'amount', given: { fixed: false, amount: 1250.5 } }]],
    [{ fixedAmount: false, amount: undefined }, [{ field: 'amount', given: { fixed: false } }]],
    [{ multipleUse: false }, [{ field: 'multipleUse', asked: true, given: false }]],
    [{ status: 'CANCELLED' }, [{ field: 'status', asked: 'ACTIVE', given: 'CANCELLED' }]],
    [{ expiry: '2031-12-31T23:59:00.000' }, []],
    [{ expiry: '2031-12-31T23:59' }, []],
    [{ expiry: '2031-12-31T23:59:00Z' }, [{ field: 'expiry' }]],
    [{ expiry: '2031-12-31T23:58:00' }, [{ field: 'expiry' }]],
    [{ customerEmail: 'a@b.example' }, [{ field: 'customerEmail', given: 'a@b.example' }]],
    [{ customerEmail: '' }, []],
    [
      { customParams: { store: 'Pune', more: '1' } },
      [
        { field: 'customParam', name: 'invoice', asked: '' },
        { field: 'customParam', name: 'more', given: '1' },
      ],
    ],
  ])('with %j differs in %j', (change, differences) => {
    expect(compared(ASKED, change)).toMatchObject({ differences, missing: [] });
  });

  it.each<[object, string[]]>([
    [{ qrName: undefined }, ['qrName']],
    [{ amount: undefined }, ['amount']],
    [{ amount: undefined, fixedAmount: undefined }, ['amount']],
    [{ multipleUse: 'yes' }, ['multipleUse']],
    [{ status: null }, ['status']],
    [{ customParams: null }, ['customParams']],
    [{ expiry: undefined, description: undefined }, ['description', 'expiry']],
  ])('with %j is not told of %j', (change, missing) => {
    expect(compared(ASKED, change)).toEqual({ differences: [], missing });
  });

  it.each<[object, boolean]>([
    [{ amount: 0 }, true],
    [{ amount: null, fixedAmount: false }, true],
    [{ amount: 5 }, false],
    [{ amount: 5, fixedAmount: true }, false],
    [{ fixedAmount: true }, false],
  ])('for any amount, %j is as asked: %s', (change, same) => {
    const body = { qrName: 'Any', multipleUse: true, customParams: [] };
    expect(compared(body, change).differences.length === 0).toBe(same);
  });
});

describe('a new code', () => {
  it.each([null, 'QR26NEW', [], [{ qrCodeId: 'QR26NEW' }], {}, { qrCodeId: null }])(
    'is not read from %j',
    (payload) => {
      expect(parseCreated(payload)).toBeUndefined();
    },
  );
});

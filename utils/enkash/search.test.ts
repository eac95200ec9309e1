import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../sandbox/fault.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { parseSearchPage } from './search.ts';

let kit: ServiceFixture;
beforeAll(async () => {
  // An answer of 40 MB is slow on a busy machine and must not time out.
  kit = await createServiceFixture(2);
});
beforeEach(() => kit.reset());
afterAll(() => kit.close());

const search = (filters = {}, offset = 0, limit = 5_000) =>
  kit.client.searchQrCodes(kit.account, filters, { offset, limit }, { failFast: true });
const fault = (answer: Answer) => kit.sandbox.faults.add({ on: 'search', answer });

describe('a search', () => {
  it('is one POST with both headers, offset, limit and only the filters that are set', async () => {
    const answer = await search({ status: 'CANCELLED' }, 2, 3);
    const all = kit.sandbox.qrCodes.all('UAT').filter(({ status }) => status === 'CANCELLED');
    expect(answer).toMatchObject({ kind: 'answered', payload: { received: Math.min(3, all.length - 2) } });
    const [request, ...more] = kit.sandbox.requests.of('search');
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      method: 'POST',
      query: '?offset=2&limit=3',
      body: '{"status":"CANCELLED"}',
    });
    expect(request?.headers).toMatchObject({
      merchantaccesskey: kit.sandbox.merchants.UAT.accessKey,
      authorization: expect.stringMatching(/^Bearer \S+$/),
      'content-type': 'application/json',
    });
  });

  it('drops images and other fields that a list does not need', async () => {
    const answer = await search();
    if (answer.kind !== 'answered') throw new Error(answer.kind);
    const { qrCodes, received } = answer.payload;
    expect(qrCodes).toHaveLength(received);
    expect(received).toBe(kit.sandbox.qrCodes.all('UAT').length);
    expect(JSON.stringify(qrCodes)).not.toMatch(/qrCodeBase64|customParams|description/);
  });

  it('gets a new token if the old one is refused', async () => {
    await search();
    kit.sandbox.faults.add({ on: 'search', times: 1, answer: { kind: 'token-stale' } });
    expect((await search()).kind).toBe('answered');
  });

  it.each<[Answer, object]>([
    [{ kind: 'rate-limit', retryAfter: '3' }, { kind: 'rate-limited' }],
    [{ kind: 'token-stale' }, { kind: 'unauthorized' }],
    [
      { kind: 'reject', code: 12, message: 'No' },
      { kind: 'rejected', code: 12, message: 'No' },
    ],
    [{ kind: 'status', httpStatus: 404 }, { kind: 'not-found' }],
    [
      { kind: 'status', httpStatus: 503 },
      { kind: 'ambiguous', reason: 'server-error' },
    ],
    [{ kind: 'html' }, { kind: 'ambiguous', reason: 'not-json' }],
    [{ kind: 'cut-json' }, { kind: 'ambiguous', reason: 'not-json' }],
    [
      { kind: 'wrong-shape', shape: 'nested' },
      { kind: 'ambiguous', reason: 'wrong-shape' },
    ],
    [
      { kind: 'huge', bytes: 40_000_000 },
      { kind: 'ambiguous', reason: 'too-large' },
    ],
  ])('answered with %j returns %j', async (answer, expected) => {
    fault(answer);
    expect(await search()).toMatchObject(expected);
  });

  it('sends nothing while it is rate-limited', async () => {
    kit.sandbox.faults.add({ on: 'search', times: 1, answer: { kind: 'rate-limit', retryAfter: '30' } });
    await search();
    expect(await search()).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
    expect(kit.sandbox.requests.of('search')).toHaveLength(1);
  });
});

describe('a page', () => {
  const list = [{ qrCodeId: 'QR26AB1000', status: 'ACTIVE' }];

  const names = ['content', 'items', 'data', 'qrCodes', 'list', 'records'];

  it.each([
    list,
    ...names.map((name) => ({ [name]: list })),
    ...names.flatMap((name) => [{ data: { [name]: list } }, { payload: { [name]: list } }]),
    { data: [], content: list },
  ])('is read from %j', (payload) => {
    expect(parseSearchPage(payload)).toEqual({ qrCodes: list, received: 1 });
  });

  it.each(['total', 'totalElements', 'totalCount', 'count'])('has the total in the field %s', (name) => {
    for (const total of [7, '7']) {
      expect(parseSearchPage({ items: list, [name]: total })?.total).toBe(7);
      expect(parseSearchPage({ data: { items: list, [name]: total } })?.total).toBe(7);
      expect(parseSearchPage({ data: { items: list }, [name]: total })?.total).toBe(7);
    }
    for (const invalid of ['many', -1, 1.5, null, {}])
      expect(parseSearchPage({ items: list, [name]: invalid })).not.toHaveProperty('total');
  });

  it.each([
    null,
    undefined,
    'Token',
    7,
    {},
    { content: {} },
    { codes: list },
    { data: { data: { data: list } } },
  ])('is not read from %j', (payload) => {
    expect(parseSearchPage(payload)).toBeUndefined();
  });

  it('drops entries that are not codes, and returns their indexes', () => {
    const entries = [null, 'QR26AB1000', 7, [], {}, { qrCodeId: '' }, { qrCodeId: null }, ...list];
    expect(parseSearchPage(entries)).toEqual({
      qrCodes: list,
      received: entries.length,
      withoutId: [0, 1, 2, 3, 4, 5, 6],
    });
  });
});

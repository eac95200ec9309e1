import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../tests/fixtures/search.ts';
import type { GatewayFilters, SearchHit, SearchPage } from '../enkash/search.ts';
import type { MessageName, Request, Response, Send } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { matches, type SearchFilters } from './filters.ts';
import type { FilterWays } from './gateway-filters.ts';
import { createCollector } from './result-collector.ts';
import { runSearch } from './run-search.ts';

type Total = 'none' | 'true' | 'of-page' | 'too-low' | 'too-high' | 'zero';

/** A gateway that differs from the published API. */
interface Model {
  offsetCounts: 'codes' | 'pages-from-0' | 'pages-from-1';
  cap: number;
  total: Total;
  /** Its answer to a filter that it does not know. */
  unknown: 'ignores' | 'refuses';
  /** The names of the filters that it knows. */
  knows: readonly string[];
  codes: SearchHit[];
  /** Every `after` calls, `many` codes are removed from the start of the list. */
  goes?: { after: number; many: number } | undefined;
}

const DAYS = ['createdOnFrom', 'createdOnTo'];
const OLD_DAYS = ['fromDate', 'toDate'];

function isGiven(code: SearchHit, filters: GatewayFilters, knows: readonly string[]): boolean {
  const from = filters.createdOnFrom ?? filters.fromDate;
  const to = filters.createdOnTo ?? filters.toDate;
  const isKnown = (...names: string[]) => names.some((name) => name in filters && knows.includes(name));
  const day = String(code.createdOn).slice(0, 10);
  return (
    (!isKnown('status') || code.status === filters.status) &&
    (!isKnown('createdOnFrom', 'fromDate') || day >= String(from)) &&
    (!isKnown('createdOnTo', 'toDate') || day <= String(to)) &&
    (!isKnown('amountFrom') || Number(code.amount) >= Number(filters.amountFrom)) &&
    (!isKnown('amountTo') || Number(code.amount) <= Number(filters.amountTo))
  );
}

function open(model: Model) {
  const requests: Request<'searchQrCodes'>[] = [];
  const send: Send = async (name, request) => {
    requests.push(request as Request<'searchQrCodes'>);
    return answerOf(
      model,
      request as Request<'searchQrCodes'>,
      requests.length,
    ) as Response<MessageName> as Response<typeof name>;
  };
  return { send, requests };
}

function answerOf(model: Model, request: Request<'searchQrCodes'>, call: number): GatewayResult<SearchPage> {
  const { offset, limit, filters } = request;
  const { goes, knows, cap, offsetCounts } = model;
  if (goes && call % goes.after === 0) model.codes = model.codes.slice(goes.many);
  if (model.unknown === 'refuses' && Object.keys(filters).some((name) => !knows.includes(name)))
    return { kind: 'rejected', httpStatus: 400, code: 9, message: 'Unknown field' };
  const list = model.codes.filter((code) => isGiven(code, filters, knows));
  const from = {
    codes: offset,
    'pages-from-0': offset * limit,
    'pages-from-1': Math.max(0, offset - 1) * limit,
  };
  const start = from[offsetCounts];
  const qrCodes = list.slice(start, start + Math.min(cap, limit));
  const total = {
    none: undefined,
    true: list.length,
    'of-page': qrCodes.length,
    'too-low': Math.floor(list.length / 2),
    'too-high': list.length + 7,
    zero: 0,
  }[model.total];
  const payload = { qrCodes, received: qrCodes.length, ...(total === undefined ? {} : { total }) };
  return { kind: 'answered', code: 0, message: '', payload };
}

async function search(model: Model, filters: SearchFilters = {}, known?: FilterWays) {
  const { send, requests } = open(model);
  const collector = createCollector(filters, known);
  let ways: FilterWays | undefined;
  const failure = await runSearch(
    send,
    { now: () => 0, sleep: async () => undefined },
    {
      accountId: 'a1',
      filters,
      collector,
      signal: new AbortController().signal,
      onPage: () => undefined,
      onWait: () => undefined,
      onWays: (current) => {
        ways = current;
      },
    },
  );
  const found = collector.collection();
  return { ...found, ids: found.rows.map(({ qrCodeId }) => qrCodeId), failure, requests, ways };
}

const listOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    codeOf(index, {
      status: index % 3 === 0 ? 'CANCELLED' : 'ACTIVE',
      amount: index % 50,
      createdOn: `2026-0${1 + (index % 9)}-10T10:00:00`,
    }),
  );
const plain = (change: Partial<Model> = {}): Model => ({
  offsetCounts: 'codes',
  cap: 5_000,
  total: 'none',
  unknown: 'ignores',
  knows: ['status', ...DAYS, 'amountFrom', 'amountTo'],
  codes: listOf(1_200),
  ...change,
});

describe('1,200 codes', () => {
  it.each<[string, Partial<Model>]>([
    ['counts codes', {}],
    ['counts pages from 0', { offsetCounts: 'pages-from-0' }],
    ['counts pages from 1', { offsetCounts: 'pages-from-1' }],
    ['caps pages at 100', { cap: 100 }],
    ['caps numbered pages at 100', { cap: 100, offsetCounts: 'pages-from-0' }],
    ['caps pages numbered from 1 at 100', { cap: 100, offsetCounts: 'pages-from-1' }],
    ['returns the page’s total', { total: 'of-page' }],
    ['returns the page’s total of numbered pages', { total: 'of-page', offsetCounts: 'pages-from-0' }],
    ['returns half the total', { total: 'too-low' }],
    ['returns a total of 0', { total: 'zero' }],
  ])('are all found if the gateway %s', async (_, change) => {
    const { ids, end } = await search(plain(change));
    expect([ids.length, new Set(ids).size, end]).toEqual([1_200, 1_200, 'all']);
  });

  it('may be incomplete if the gateway returns a higher total', async () => {
    const { ids, end } = await search(plain({ total: 'too-high' }));
    expect([ids.length, end]).toEqual([1_200, 'unsure']);
  });
});

describe('a search at any gateway', { timeout: 60_000 }, () => {
  const model = fc.record({
    offsetCounts: fc.constantFrom('codes', 'pages-from-0', 'pages-from-1'),
    cap: fc.oneof(fc.constant(5_000), fc.integer({ min: 1, max: 700 })),
    total: fc.constantFrom<Total>('none', 'true', 'of-page', 'too-low', 'too-high', 'zero'),
    unknown: fc.constantFrom('ignores', 'refuses'),
    knows: fc.constantFrom([], ['status'], ['status', ...DAYS], ['status', ...OLD_DAYS]),
    codes: fc.integer({ min: 0, max: 1_500 }).map(listOf),
    goes: fc.option(
      fc.record({ after: fc.integer({ min: 1, max: 5 }), many: fc.integer({ min: 1, max: 60 }) }),
      {
        nil: undefined,
      },
    ),
  }) satisfies fc.Arbitrary<Model>;
  const filters = fc.constantFrom<SearchFilters>(
    {},
    { status: 'ACTIVE' },
    { createdFrom: '2026-03-01', createdTo: '2026-06-30' },
    { status: 'ACTIVE', createdFrom: '2026-05-01', amountFrom: '7', amountTo: '7' },
  );

  it('finds every code that stays in the list once, or reports that there may be more', async () => {
    await fc.assert(
      fc.asyncProperty(model, filters, async (given, filters) => {
        const gateway = { ...given };
        const { ids, end, failure } = await search(gateway, filters);
        expect(failure).toBeUndefined();
        expect(new Set(ids).size).toBe(ids.length);
        if (end !== 'all') return;
        const stayed = gateway.codes.filter((code) => matches(code, filters));
        expect(stayed.map(({ qrCodeId }) => qrCodeId).filter((id) => !ids.includes(id))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is reported complete if the list does not change and no total is higher', async () => {
    await fc.assert(
      fc.asyncProperty(
        model.filter(({ total }) => total !== 'too-high'),
        filters,
        async (given, filters) => {
          const { end } = await search({ ...given, goes: undefined }, filters);
          expect(end).toBe('all');
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('filters', () => {
  const spring = { createdFrom: '2026-03-01', createdTo: '2026-03-31', status: 'ACTIVE' };
  const fitting = listOf(1_200).filter((code) => matches(code, spring)).length;

  it('are sent under the other name if the gateway ignores the first, and the next search starts with it', async () => {
    const gateway = plain({ knows: ['status', ...OLD_DAYS] });
    const { ids, ignored, strays, requests, ways } = await search(gateway, spring);
    expect([ids.length, ignored, strays]).toEqual([fitting, [], 0]);
    expect(Object.keys(requests[1]?.filters ?? {})).toEqual(['status', ...OLD_DAYS]);
    expect(requests[1]).toMatchObject({ offset: 0 });
    const again = await search(gateway, spring, ways);
    expect(Object.keys(again.requests[0]?.filters ?? {})).toEqual(['status', ...OLD_DAYS]);
  });

  it('are applied locally and named if the gateway ignores both names, without a third attempt', async () => {
    const gateway = plain({ knows: ['status'] });
    const { ids, ignored, requests, ways } = await search(gateway, spring);
    expect([ids.length, ignored]).toEqual([fitting, ['createdFrom', 'createdTo']]);
    expect(requests.filter(({ offset }) => offset === 0)).toHaveLength(2);
    const again = await search(gateway, spring, ways);
    expect(again.requests.filter(({ offset }) => offset === 0)).toHaveLength(1);
    expect(again.ignored).toEqual(['createdFrom', 'createdTo']);
  });

  it('are left out, applied locally and named if the gateway refuses them', async () => {
    const gateway = plain({ unknown: 'refuses', knows: ['status'] });
    const { ids, refused, failure, requests, ways } = await search(gateway, spring);
    expect([ids.length, refused, failure]).toEqual([fitting, ['createdFrom', 'createdTo'], undefined]);
    const again = await search(gateway, spring, ways);
    expect(again.requests.map(({ filters }) => filters)).toEqual(
      again.requests.map(() => ({ status: 'ACTIVE' })),
    );
    expect(again.requests.length).toBe(requests.length - 2);
  });

  it('are not blamed if the gateway refuses the search without any too', async () => {
    const refusal = { kind: 'rejected', httpStatus: 200, code: 77, message: 'Search is closed' } as const;
    const requests: unknown[] = [];
    const send: Send = async (name, request) => {
      requests.push(request);
      const message = requests.length === 1 ? 'Search is closed' : 'Later';
      return { ...refusal, message } as Response<MessageName> as Response<typeof name>;
    };
    const known: FilterWays[] = [];
    const failure = await runSearch(
      send,
      { now: () => 0, sleep: async () => undefined },
      {
        accountId: 'a1',
        filters: spring,
        collector: createCollector(spring),
        signal: new AbortController().signal,
        onPage: () => undefined,
        onWait: () => undefined,
        onWays: (ways) => void known.push(ways),
      },
    );
    expect([failure, requests.length, known]).toEqual([refusal, 4, []]);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { anyCode, anyFilters, codeOf, pageOf } from '../../tests/fixtures/search.ts';
import type { SearchHit } from '../enkash/search.ts';
import { matches } from './filters.ts';
import { waysAfterIgnoring, waysAfterRefusal } from './gateway-filters.ts';
import { createCollector, MAX_COLLECTED } from './result-collector.ts';

const codes = (...indices: number[]) => indices.map((index) => codeOf(index));

function collect(pages: readonly ReturnType<typeof pageOf>[], filters = {}) {
  const collector = createCollector(filters);
  for (const page of pages) collector.add(page);
  return collector.collection();
}
const idsOf = (rows: readonly SearchHit[]) => rows.map(({ qrCodeId }) => qrCodeId);

describe('pages', () => {
  it('give each matching code once with its latest state, whatever the gateway returns', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyCode, { maxLength: 12 }), { maxLength: 8 }),
        anyFilters,
        (lists, filters) => {
          const { rows, seen } = collect(
            lists.map((list) => pageOf(list)),
            filters,
          );
          const last = new Map(lists.flat().map((code) => [code.qrCodeId, code]));
          expect(new Set(idsOf(rows)).size).toBe(rows.length);
          for (const row of rows) expect(matches(row, filters)).toBe(true);
          expect(new Set(rows)).toEqual(new Set([...last.values()].filter((code) => matches(code, filters))));
          expect(seen).toBe(last.size);
        },
      ),
    );
  });

  it('end with a page that holds only the last code again', () => {
    const collector = createCollector({});
    collector.add(pageOf(codes(1, 2, 3, 4)));
    expect(collector.next()?.offset).toBe(3);
    expect(collector.collection().end).toBe('more');
    collector.add(pageOf(codes(4)));
    expect([collector.next(), collector.collection()]).toMatchObject([
      undefined,
      { end: 'all', repeated: 0 },
    ]);
  });

  it('count the codes that repeat, except the one that adjacent pages share', () => {
    expect(collect([pageOf(codes(1, 2, 3, 4)), pageOf(codes(2, 3, 4, 5))]).repeated).toBe(2);
  });

  it.each([
    [3, 'all'],
    [1, 'all'],
    [0, 'all'],
    [4, 'unsure'],
  ])('with a total of %i for 3 codes end as %s', (total, end) => {
    const pages = [pageOf(codes(1, 2, 3), { total }), pageOf(codes(3), { total })];
    expect(collect(pages)).toMatchObject({ total, end });
  });

  it('do not end by a total that may be the page’s', () => {
    expect(collect([pageOf(codes(1, 2, 3), { total: 3 })]).end).toBe('more');
  });

  it('end at the maximum of collected codes', () => {
    const many = Array.from({ length: MAX_COLLECTED + 5 }, (_, index) => codeOf(index));
    const { end, rows } = collect([pageOf(many)]);
    expect([end, rows.length]).toEqual(['full', MAX_COLLECTED]);
  });
});

describe('a filter that the gateway ignored', () => {
  it('is named if a returned code does not pass it', () => {
    const given = [...codes(1, 2), codeOf(3, { status: 'CANCELLED' })];
    const { rows, ignored, strays } = collect([pageOf(given), pageOf(given)], { status: 'ACTIVE' });
    expect(idsOf(rows)).toEqual(idsOf(codes(1, 2)));
    expect([ignored, strays]).toEqual([['status'], 1]);
  });

  it('is not named if it was not sent, or if the code is within a day of the range', () => {
    const given = [codeOf(1, { qrName: 'Tea', createdOn: '2026-03-01T23:00:00' })];
    const { rows, ignored } = collect([pageOf(given)], { text: 'books', createdFrom: '2026-03-02' });
    expect([rows, ignored]).toEqual([[], []]);
  });

  it('is forgotten if the search restarts with other names, and matching codes are kept', () => {
    const filters = { createdFrom: '2026-03-02' };
    const collector = createCollector(filters);
    collector.add(pageOf([codeOf(1, { createdOn: '2026-03-03' }), codeOf(2, { createdOn: '2020-01-01' })]));
    const { ignored } = collector.collection();
    expect(ignored).toEqual(['createdFrom']);
    const ways = waysAfterIgnoring(filters, collector.ways(), ignored);
    if (ways) collector.restart(ways);
    const { rows, seen, strays, end } = collector.collection();
    expect([idsOf(rows), seen, strays, end]).toEqual([idsOf(codes(1)), 0, 0, 'more']);
    expect(collector.next()).toEqual({ offset: 0, limit: 500 });
  });
});

describe('a filter that the gateway refused', () => {
  it('is named, not expected of the gateway, and applied by the collector', () => {
    const filters = { status: 'ACTIVE', amountFrom: '5' };
    const collector = createCollector(filters);
    for (let ways = waysAfterRefusal(filters, collector.ways()); ways; ) {
      collector.restart(ways);
      ways = waysAfterRefusal(filters, ways);
    }
    collector.add(
      pageOf([codeOf(1, { amount: 9 }), codeOf(2, { amount: 1 }), codeOf(3, { status: 'CANCELLED' })]),
    );
    const { rows, refused, ignored } = collector.collection();
    expect([idsOf(rows), refused, ignored]).toEqual([idsOf(codes(1)), ['status', 'amountFrom'], []]);
  });
});

describe('a gateway with days of another zone', () => {
  beforeAll(() => void vi.stubEnv('TZ', 'Asia/Kolkata'));
  afterAll(() => void vi.unstubAllEnvs());

  it('is not reported to ignore filters', () => {
    // The request says up to the 24th, one day more than the filter. The 24th in UTC is the 25th in India.
    const given = codeOf(1, { createdOn: '2026-11-24T20:00:00Z' });
    const { rows, ignored } = collect([pageOf([given])], { createdTo: '2026-11-23' });
    expect([rows, ignored]).toEqual([[], []]);
    const far = codeOf(2, { createdOn: '2026-11-26T20:00:00Z' });
    expect(collect([pageOf([far])], { createdTo: '2026-11-23' }).ignored).toEqual(['createdTo']);
  });
});

describe('entries without a usable id', () => {
  it('are left out and counted once, although adjacent pages share the last code', () => {
    const odd = codeOf(1, { qrCodeId: 'QR26AB1001 QR26AB1002' });
    const collector = createCollector({});
    collector.add({ qrCodes: [odd, codeOf(3)], received: 4, withoutId: [1, 3] });
    expect(collector.next()?.offset).toBe(2);
    collector.add({ qrCodes: [codeOf(3)], received: 2, withoutId: [1] });
    const { rows, unreadable, end } = collector.collection();
    expect([idsOf(rows), unreadable, end]).toEqual([idsOf(codes(3)), 3, 'all']);
  });
});

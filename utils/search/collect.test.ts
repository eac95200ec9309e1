import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FoundCode } from '../enkash/search.ts';
import { createCollector, MAX_COLLECTED } from './collect.ts';
import { anyCode, anyFilters, codeOf, pageOf } from './examples.ts';
import { matches } from './filters.ts';

const LIMIT = 4;
const codes = (...indices: number[]) => indices.map((index) => codeOf(index));

function collect(pages: readonly ReturnType<typeof pageOf>[], filters = {}) {
  const collector = createCollector(filters);
  for (const page of pages) collector.add(page, LIMIT);
  return collector.collection();
}
const idsOf = (rows: readonly FoundCode[]) => rows.map(({ qrCodeId }) => qrCodeId);

describe('pages', () => {
  it('come to each matching code once, as it was last, whatever the gateway gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyCode, { maxLength: 12 }), { maxLength: 8 }),
        anyFilters,
        (lists, filters) => {
          const { rows, seen, offset } = collect(
            lists.map((list) => pageOf(list)),
            filters,
          );
          const last = new Map(lists.flat().map((code) => [code.qrCodeId, code]));
          expect(new Set(idsOf(rows)).size).toBe(rows.length);
          for (const row of rows) expect(matches(row, filters)).toBe(true);
          expect(new Set(rows)).toEqual(new Set([...last.values()].filter((code) => matches(code, filters))));
          expect([seen, offset]).toEqual([last.size, lists.flat().length]);
        },
      ),
    );
  });

  it('end with an empty one, and with one that holds nothing new', () => {
    expect(collect([pageOf(codes(1, 2, 3, 4))]).end).toBe('more');
    expect(collect([pageOf(codes(1, 2)), pageOf([])]).end).toBe('all');
    const again = collect([pageOf(codes(1, 2, 3, 4)), pageOf(codes(1, 2, 3, 4))]);
    expect(again).toMatchObject({ end: 'nothing-new', repeated: 4 });
  });

  it('end with the total, but not with one that may count the page alone', () => {
    expect(collect([pageOf(codes(1, 2, 3), { total: 3 })]).end).toBe('more');
    expect(collect([pageOf(codes(1, 2, 3), { total: -1 })]).end).toBe('more');
    expect(collect([pageOf(codes(1, 2, 3, 4), { total: 4 })]).end).toBe('more');
    expect(collect([pageOf(codes(1, 2, 3, 4), { total: 6 }), pageOf(codes(5, 6))]).end).toBe('more');
    expect(collect([pageOf(codes(1, 2, 3, 4), { total: 6 }), pageOf(codes(5, 6), { total: 6 })]).end).toBe(
      'all',
    );
  });

  it('end where there are too many', () => {
    const many = Array.from({ length: MAX_COLLECTED + 5 }, (_, index) => codeOf(index));
    const { end, rows } = collect([pageOf(many)]);
    expect([end, rows.length]).toEqual(['full', MAX_COLLECTED]);
  });

  it('shorter than asked for are gone on from where they end', () => {
    expect(collect([pageOf(codes(1, 2)), pageOf(codes(3))])).toMatchObject({ offset: 3, end: 'more' });
  });
});

describe('a filter that the gateway ignored', () => {
  it('is told by a code that ought not to have come', () => {
    const given = [...codes(1, 2), codeOf(3, { status: 'CANCELLED' })];
    const { rows, ignored, strays } = collect([pageOf(given), pageOf(given)], { status: 'ACTIVE' });
    expect(idsOf(rows)).toEqual(idsOf(codes(1, 2)));
    expect([ignored, strays]).toEqual([['status'], 1]);
  });

  it('is not told of one that was not sent, nor of the day around a range of days', () => {
    const given = [codeOf(1, { qrName: 'Tea', createdOn: '2026-03-01T23:00:00' })];
    const { rows, ignored } = collect([pageOf(given)], { text: 'books', createdFrom: '2026-03-02' });
    expect([rows, ignored]).toEqual([[], []]);
  });
});

describe('a day that a gateway reckons in another zone', () => {
  beforeAll(() => void vi.stubEnv('TZ', 'Asia/Kolkata'));
  afterAll(() => void vi.unstubAllEnvs());

  it('does not make it one that ignores filters', () => {
    // Asked for codes up to the 23rd and, to be sure, the 24th: in UTC that is the 24th, in India the 25th.
    const given = codeOf(1, { createdOn: '2026-11-24T20:00:00Z' });
    const { rows, ignored } = collect([pageOf([given])], { createdTo: '2026-11-23' });
    expect([rows, ignored]).toEqual([[], []]);
    const far = codeOf(2, { createdOn: '2026-11-26T20:00:00Z' });
    expect(collect([pageOf([far])], { createdTo: '2026-11-23' }).ignored).toEqual(['createdTo']);
  });
});

describe('entries without a usable id', () => {
  it('are left out and counted, and the next page begins after them', () => {
    const odd = codeOf(1, { qrCodeId: 'QR26AB1001 QR26AB1002' });
    const { rows, unreadable, offset } = collect([pageOf([odd, codeOf(3)], { received: 4 })]);
    expect(idsOf(rows)).toEqual(idsOf(codes(3)));
    expect([unreadable, offset]).toEqual([3, 4]);
  });
});

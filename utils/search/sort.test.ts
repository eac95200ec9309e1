import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCode, codeOf } from '../../tests/fixtures/search.ts';
import { nextSort, SORT_COLUMNS, sortRows } from './sort.ts';

const by = fc.constantFrom(...SORT_COLUMNS);

describe('sorting', () => {
  it('keeps every row and puts rows without the field last, in both directions', () => {
    fc.assert(
      fc.property(fc.array(anyCode), by, fc.boolean(), (rows, column, descending) => {
        const sorted = sortRows(rows, { by: column, descending });
        expect(new Set(sorted)).toEqual(new Set(rows));
        expect(sorted).toHaveLength(rows.length);
        const firstMissing = sorted.findIndex((row) => row[column] === undefined);
        if (firstMissing >= 0 && column !== 'amount')
          expect(sorted.slice(firstMissing).every((row) => row[column] === undefined)).toBe(true);
      }),
    );
  });

  it('compares amounts as numbers, and texts without case', () => {
    const amounts = [codeOf(1, { amount: '1000' }), codeOf(2, { amount: 90 }), codeOf(3, { amount: 'free' })];
    expect(sortRows(amounts, { by: 'amount', descending: false }).map(({ amount }) => amount)).toEqual([
      90,
      '1000',
      'free',
    ]);
    expect(sortRows(amounts, { by: 'amount', descending: true }).map(({ amount }) => amount)).toEqual([
      '1000',
      90,
      'free',
    ]);
    const names = [codeOf(1, { qrName: 'b' }), codeOf(2, { qrName: 'A' }), codeOf(3, { qrName: 'B' })];
    expect(sortRows(names, { by: 'qrName', descending: false }).map(({ qrName }) => qrName)).toEqual([
      'A',
      'b',
      'B',
    ]);
  });

  it('is ascending after a click on another column, and reversed after a click on the same one', () => {
    const first = nextSort(undefined, 'amount');
    expect(first).toEqual({ by: 'amount', descending: false });
    expect(nextSort(first, 'amount')).toEqual({ by: 'amount', descending: true });
    expect(nextSort(nextSort(first, 'amount'), 'status')).toEqual({ by: 'status', descending: false });
  });

  it('reads the field of each of many rows once, so that its cost stays low', () => {
    let reads = 0;
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      Object.defineProperty(codeOf(index), 'qrName', {
        get: () => {
          reads += 1;
          return `Counter ${(index * 7919) % 1_000}`;
        },
      }),
    );
    sortRows(rows, { by: 'qrName', descending: true });
    expect(reads).toBe(rows.length);
  });
});

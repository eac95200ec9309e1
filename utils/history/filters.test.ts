import { describe, expect, it } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import type { HistoryRow } from '../model/history-row.ts';
import { createMatcher, type HistoryFilters, isEmptyRange, validHistoryFilters } from './filters.ts';
import { toEntry } from './history-entry.ts';
import { historyFiltersFromQuery, queryWithHistoryFilters } from './url.ts';

const noon = (day: number) => new Date(2026, 10, day, 12).getTime();
const LINES = [
  rowOf(1, { at: noon(20), accountName: 'Tea' }),
  rowOf(2, { at: noon(21), environment: 'LIVE', jobId: 3, reason: 'Misprint' }),
  rowOf(3, { at: noon(22), outcome: { kind: 'not-found' } }),
  {
    row: 4,
    hash: '',
    action: 'erase',
    at: noon(23),
    by: 'operator',
    count: 1,
    lastErasedSequence: 0,
    lastHash: '',
  },
  { row: 5, hash: '', action: 'nonsense' },
].map((row) => toEntry(row as HistoryRow));
const matching = (filters: HistoryFilters) =>
  LINES.filter(createMatcher(filters)).map(({ record }) => record.row);

describe('a filter', () => {
  it.each<[HistoryFilters, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ find: ' MISprint ' }, [2]],
    [{ find: 'h0000' }, [1, 2, 3]],
    [{ outcome: 'cancelled' }, [1, 2]],
    [{ action: 'cancel' }, [1, 2, 3]],
    [{ action: 'erase' }, [4]],
    [{ environment: 'LIVE' }, [2]],
    [{ account: 'Tea' }, [1]],
    [{ job: '3' }, [2]],
    [{ from: '2026-11-21' }, [2, 3, 4]],
    [{ to: '2026-11-21' }, [1, 2]],
    [{ from: '2026-11-21', to: '2026-11-22', outcome: 'not-found' }, [3]],
    [{ from: '2026-11-22', to: '2026-11-21' }, []],
  ])('%j lets %j through', (filters, rows) => {
    expect(matching(filters)).toEqual(rows);
  });

  it('by days takes them from midnight to midnight, here', () => {
    const edges = [
      rowOf(1, { at: new Date(2026, 10, 20, 23, 59, 59, 999).getTime() }),
      rowOf(2, { at: new Date(2026, 10, 21).getTime() }),
      rowOf(3, { at: new Date(2026, 10, 21, 23, 59, 59, 999).getTime() }),
      rowOf(4, { at: new Date(2026, 10, 22).getTime() }),
    ].map(toEntry);
    const day = createMatcher({ from: '2026-11-21', to: '2026-11-21' });
    expect(edges.filter(day).map(({ record }) => record.row)).toEqual([2, 3]);
  });

  it('that is none is none', () => {
    const nonsense = { outcome: 'great', action: 'x', environment: 'MOON', from: '2026-13-01', job: '-1' };
    expect(validHistoryFilters({ ...nonsense, find: '  ' })).toEqual({});
    expect(matching(nonsense)).toEqual([1, 2, 3, 4, 5]);
  });

  it('of an empty period is told', () => {
    expect(isEmptyRange({ from: '2026-11-22', to: '2026-11-21' })).toBe(true);
    expect(isEmptyRange({ from: '2026-11-22', to: '2026-11-22' })).toBe(false);
    expect(isEmptyRange({ from: '2026-11-22', to: 'x' })).toBe(false);
  });
});

describe('an address', () => {
  it('keeps the filters, and whatever else it names', () => {
    const filters = { find: 'a b&c', outcome: 'rejected', from: '2026-11-21' };
    const query = queryWithHistoryFilters('?status=ACTIVE&find=old&job=4', filters);
    expect(query).toBe('?status=ACTIVE&find=a+b%26c&outcome=rejected&from=2026-11-21');
    expect(historyFiltersFromQuery(query)).toEqual(filters);
    expect(queryWithHistoryFilters(query, {})).toBe('?status=ACTIVE');
  });
});

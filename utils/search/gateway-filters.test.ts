import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCode, anyFilters } from '../../tests/fixtures/search.ts';
import { matches, type SearchFilters } from './filters.ts';
import {
  expectedFilters,
  FIRST_WAYS,
  type FilterWays,
  gatewayFilters,
  refusedFilters,
  requestFilters,
  waysAfterIgnoring,
  waysAfterRefusal,
} from './gateway-filters.ts';

const ALL: SearchFilters = {
  status: 'ACTIVE',
  createdFrom: '2026-03-01',
  createdTo: '2026-12-31',
  amountFrom: '500',
  amountTo: '500.00',
};

/** The ways to send filters, in the order in which they are tried if each is refused. */
function waysOf(filters: SearchFilters): FilterWays[] {
  const all = [FIRST_WAYS];
  for (let ways = waysAfterRefusal(filters, FIRST_WAYS); ways; ways = waysAfterRefusal(filters, ways))
    all.push(ways);
  return all;
}

describe('the filters sent to the gateway', () => {
  it('are empty if no filter is set', () => {
    expect(gatewayFilters({})).toEqual({});
  });

  it('hold the status, and the days and amounts widened by a day and a rupee on either side', () => {
    expect(gatewayFilters(ALL)).toEqual({
      status: 'ACTIVE',
      createdOnFrom: '2026-02-28',
      createdOnTo: '2027-01-01',
      amountFrom: 499,
      amountTo: 501,
    });
    expect(gatewayFilters({ amountFrom: '0.5' })).toEqual({});
    expect(gatewayFilters({ amountTo: '0.5' })).toEqual({ amountTo: 2 });
  });

  it('leave out a day whose neighbour cannot be written', () => {
    expect(gatewayFilters({ createdFrom: '0000-01-01', createdTo: '9999-12-31' })).toEqual({});
    expect(requestFilters({ createdTo: '9999-12-31' })).toEqual({});
  });

  it.each([{ text: 'tea' }, { use: 'single' }])(
    'leave out %j, which the gateway would apply differently',
    (filters) => {
      expect(gatewayFilters(filters)).toEqual({});
    },
  );

  it('exclude no matching code, whichever way they are sent', () => {
    fc.assert(
      fc.property(anyCode, anyFilters, (code, filters) => {
        for (const ways of waysOf(filters)) {
          if (!matches(code, requestFilters(filters, ways))) expect(matches(code, filters)).toBe(false);
          if (!matches(code, expectedFilters(filters, ways)))
            expect(matches(code, requestFilters(filters, ways))).toBe(false);
        }
      }),
    );
  });
});

describe('a refused search', () => {
  it('is repeated with other names, then with the status alone, then without filters', () => {
    expect(waysOf(ALL).map((ways) => gatewayFilters(ALL, ways))).toEqual([
      gatewayFilters(ALL),
      { status: 'ACTIVE', fromDate: '2026-02-28', toDate: '2027-01-01', amount: 500 },
      { status: 'ACTIVE' },
      {},
    ]);
    expect(waysOf(ALL).map((ways) => refusedFilters(ALL, ways))).toEqual([
      [],
      [],
      ['createdFrom', 'createdTo', 'amountFrom', 'amountTo'],
      ['status', 'createdFrom', 'createdTo', 'amountFrom', 'amountTo'],
    ]);
  });

  it('tries each set of filters once, and ends without filters', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const sent = waysOf(filters).map((ways) => JSON.stringify(gatewayFilters(filters, ways)));
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent.at(-1)).toBe('{}');
      }),
    );
  });
});

describe('an ignored filter', () => {
  it('is sent under its other name once', () => {
    const ways = waysAfterIgnoring(ALL, FIRST_WAYS, ['createdTo']);
    expect(ways && gatewayFilters(ALL, ways)).toEqual({
      status: 'ACTIVE',
      fromDate: '2026-02-28',
      toDate: '2027-01-01',
      amountFrom: 499,
      amountTo: 501,
    });
    expect(ways && waysAfterIgnoring(ALL, ways, ['createdTo'])).toBeUndefined();
  });

  it('is sent unchanged if it has no other name with the same meaning', () => {
    expect(waysAfterIgnoring(ALL, FIRST_WAYS, ['status'])).toBeUndefined();
    const range = { amountFrom: '5', amountTo: '6' };
    expect(waysAfterIgnoring(range, FIRST_WAYS, ['amountFrom'])).toBeUndefined();
  });
});

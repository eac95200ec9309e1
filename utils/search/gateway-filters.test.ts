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

/** The ways to send filters that are tried one after the other where each is refused. */
function waysOf(filters: SearchFilters): FilterWays[] {
  const all = [FIRST_WAYS];
  for (let ways = waysAfterRefusal(filters, FIRST_WAYS); ways; ways = waysAfterRefusal(filters, ways))
    all.push(ways);
  return all;
}

describe('what is sent to the gateway', () => {
  it('is nothing where nothing is set', () => {
    expect(gatewayFilters({})).toEqual({});
  });

  it('is the status, the days with one more and the amounts with one rupee more on either side', () => {
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

  it('leaves out the last day there is, rather than one that is no day', () => {
    expect(gatewayFilters({ createdFrom: '0000-01-01', createdTo: '9999-12-31' })).toEqual({});
    expect(requestFilters({ createdTo: '9999-12-31' })).toEqual({});
  });

  it.each([{ text: 'tea' }, { use: 'single' }])(
    'holds nothing of %j, which it could not apply as it is meant',
    (filters) => {
      expect(gatewayFilters(filters)).toEqual({});
    },
  );

  it('never keeps a code away that matches, whichever way it is sent', () => {
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

describe('a search that is refused', () => {
  it('is made with other names, then with the status alone, then with no filter', () => {
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

  it('is made again with each set of filters once, and sends less and less', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const sent = waysOf(filters).map((ways) => JSON.stringify(gatewayFilters(filters, ways)));
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent.at(-1)).toBe('{}');
      }),
    );
  });
});

describe('a filter that is ignored', () => {
  it('is sent by its other name, once', () => {
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

  it('stays where it has no other name, or none that says the same', () => {
    expect(waysAfterIgnoring(ALL, FIRST_WAYS, ['status'])).toBeUndefined();
    const range = { amountFrom: '5', amountTo: '6' };
    expect(waysAfterIgnoring(range, FIRST_WAYS, ['amountFrom'])).toBeUndefined();
  });
});

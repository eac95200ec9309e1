import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCode, anyFilters } from './examples.ts';
import { matches } from './filters.ts';
import { gatewayFilters, sentFilters } from './sent.ts';

describe('what is sent to the gateway', () => {
  it('is nothing where nothing is set', () => {
    expect(gatewayFilters({})).toEqual({});
  });

  it('is the status, the days with one more on either side, and a single amount', () => {
    expect(
      gatewayFilters({
        status: 'ACTIVE',
        createdFrom: '2026-03-01',
        createdTo: '2026-12-31',
        amountFrom: '500',
        amountTo: '500.00',
      }),
    ).toEqual({ status: 'ACTIVE', fromDate: '2026-02-28', toDate: '2027-01-01', amount: 500 });
  });

  it('leaves out the last day there is, rather than one that is no day', () => {
    expect(gatewayFilters({ createdFrom: '0000-01-01', createdTo: '9999-12-31' })).toEqual({});
    expect(sentFilters({ createdTo: '9999-12-31' })).toEqual({});
  });

  it.each([
    { text: 'tea' },
    { use: 'single' },
    { amountFrom: '5' },
    { amountTo: '5' },
    { amountFrom: '5', amountTo: '6' },
  ])('holds nothing of %j, which it could not apply as it is meant', (filters) => {
    expect(gatewayFilters(filters)).toEqual({});
  });

  it('never keeps a code away that matches', () => {
    fc.assert(
      fc.property(anyCode, anyFilters, (code, filters) => {
        if (!matches(code, sentFilters(filters))) expect(matches(code, filters)).toBe(false);
      }),
    );
  });
});

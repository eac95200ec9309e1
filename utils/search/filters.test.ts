import { describe, expect, it } from 'vitest';
import { dayOf, failedFilters, filterProblem, matches, sameFilters, validFilters } from './filters.ts';

const code = {
  qrCodeId: 'QR26DU7U9NREWU',
  qrName: 'Counter 4',
  status: 'ACTIVE',
  amount: 500,
  multipleUse: true,
  expiry: '2026-12-04 11:00:36',
  createdOn: '2026-11-22T10:30:00.000',
  referenceNumber: 'REF-9',
  customerName: 'Asha Rao',
  customerEmail: 'asha@example.in',
  customerMobile: '+91 00000 01234',
  customerId: 'CUST7 सा\u095cी',
};

describe('a filter', () => {
  it.each([
    [{ text: 'du7u' }, true],
    [{ text: 'COUNTER' }, true],
    [{ text: 'ref-9' }, true],
    [{ text: 'asha r' }, true],
    [{ text: 'example.in' }, true],
    [{ text: '01234' }, true],
    [{ text: 'cust7' }, true],
    [{ text: 'active' }, false],
    [{ text: 'सा\u0921\u093cी' }, true],
    [{ text: 'सा\u095cी' }, true],
    [{ status: 'ACTIVE' }, true],
    [{ status: 'CANCELLED' }, false],
    [{ use: 'multiple' }, true],
    [{ use: 'single' }, false],
    [{ createdFrom: '2026-11-22', createdTo: '2026-11-22' }, true],
    [{ createdFrom: '2026-11-23' }, false],
    [{ createdTo: '2026-11-21' }, false],
    [{ expiryFrom: '2026-12-04', expiryTo: '2026-12-04' }, true],
    [{ expiryFrom: '2026-12-05' }, false],
    [{ expiryTo: '2026-12-03' }, false],
    [{ amountFrom: '500', amountTo: '500.00' }, true],
    [{ amountFrom: '500.01' }, false],
    [{ amountTo: '499.99' }, false],
    [{}, true],
  ])('%j matches the code: %s', (filters, isMatch) => {
    expect(matches(code, filters)).toBe(isMatch);
  });

  it.each([
    { text: 'x' },
    { status: 'ACTIVE' },
    { use: 'single' },
    { use: 'multiple' },
    { createdFrom: '2000-01-01' },
    { createdTo: '2099-01-01' },
    { expiryFrom: '2000-01-01' },
    { expiryTo: '2099-01-01' },
    { amountFrom: '0' },
    { amountTo: '999999' },
  ])('%j does not match a code without that field', (filters) => {
    expect(matches({ qrCodeId: 'QR26AB1000' }, filters)).toBe(false);
  });

  it.each([
    [{ amount: '1 lakh' }, { amountFrom: '0' }],
    [{ amount: 'NaN' }, { amountTo: '9' }],
    [{ createdOn: 'yesterday' }, { createdFrom: '2000-01-01' }],
    [{ createdOn: 1_672_531_199_000 }, { createdTo: '2099-01-01' }],
    [{ createdOn: '22/11/2026' }, { createdTo: '2099-01-01' }],
    [{ status: 'active' }, { status: 'ACTIVE' }],
  ])('does not match if the value of the code is invalid: %j, %j', (fields, filters) => {
    expect(matches({ ...code, ...fields }, filters)).toBe(false);
  });

  it('is named if the code does not pass it', () => {
    const filters = { text: 'tea', status: 'CANCELLED', use: 'multiple', amountTo: '1' };
    expect(failedFilters(code, filters)).toEqual(['text', 'status', 'amountTo']);
  });
});

describe('the day of a date-time', () => {
  it('is taken as written, and converted to this computer’s zone if the time has a zone', () => {
    expect(dayOf('2026-11-22T23:59:59')).toBe('2026-11-22');
    expect(dayOf('2026-11-22')).toBe('2026-11-22');
    const zoned = '2026-11-22T23:30:00+05:30';
    const local = new Date(zoned);
    expect(dayOf(zoned)).toContain(String(local.getDate()));
    expect(dayOf('2026-99-99T10:00:00Z')).toBeUndefined();
    expect(dayOf('2026-02-30T10:00:00')).toBeUndefined();
  });
});

describe('typed filters', () => {
  it('are dropped from the valid filters if their values are invalid', () => {
    expect(
      validFilters({
        text: ' tea ',
        status: 'EXPIRED',
        use: '',
        createdFrom: '2026-02-30',
        createdTo: '2026-02-28',
        amountFrom: '-5',
        amountTo: '1e3',
      }),
    ).toEqual({ text: 'tea', createdTo: '2026-02-28' });
  });

  it.each([
    [{ createdFrom: '2026-02-02', createdTo: '2026-02-01' }, 'createdTo', 'empty-range'],
    [{ amountFrom: '10', amountTo: '9.5' }, 'amountTo', 'empty-range'],
    [{ amountFrom: '1e3' }, 'amountFrom', 'unreadable'],
    [{ amountTo: '1,000' }, 'amountTo', 'unreadable'],
    [{ amountTo: '.5' }, 'amountTo', 'unreadable'],
    [{ amountFrom: '-5' }, 'amountFrom', 'unreadable'],
    [{ amountFrom: '9'.repeat(400) }, 'amountFrom', 'unreadable'],
    [{ createdTo: '12026-02-01' }, 'createdTo', 'unreadable'],
    [{ status: 'cancelled' }, 'status', 'unreadable'],
    [{ text: 'x'.repeat(201), use: 'thrice' }, 'text', 'unreadable'],
  ])('%j are refused: %s, %s', (filters, field, code) => {
    expect(filterProblem(filters)).toEqual({ field, code });
  });

  it.each([
    { createdFrom: '2026-02-01', createdTo: '2026-02-01', amountFrom: '9', amountTo: '10' },
    { createdFrom: '2026-02-01', amountTo: ' 9 ' },
    { text: '  ', amountTo: '' },
  ])('%j are accepted', (filters) => {
    expect(filterProblem(filters)).toBeUndefined();
  });

  it('differ from no filters if they are invalid', () => {
    expect(sameFilters({ text: ' tea ' }, { text: 'tea', amountTo: '' })).toBe(true);
    expect(sameFilters({ amountTo: '1e3' }, {})).toBe(false);
    expect(sameFilters({ status: 'cancelled' }, {})).toBe(false);
  });
});

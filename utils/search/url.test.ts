import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilters } from '../../tests/fixtures/search.ts';
import { filtersFromQuery, queryWithFilters } from './url.ts';

describe('filters in an address', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(filtersFromQuery(queryWithFilters('', filters))).toEqual(filters);
      }),
    );
  });

  it('take the place of earlier ones and leave the rest alone', () => {
    expect(queryWithFilters('?attempt=7&text=old&use=single', { text: 'a&b=c' })).toBe(
      '?attempt=7&text=a%26b%3Dc',
    );
    expect(queryWithFilters('?text=old', {})).toBe('');
  });

  it('stay as they are where they are none, so that it can be said, but are not kept', () => {
    const odd = '?status=GONE&use=thrice&createdFrom=today&amountTo=NaN&text=%20';
    const read = { status: 'GONE', use: 'thrice', createdFrom: 'today', amountTo: 'NaN' };
    expect(filtersFromQuery(odd)).toEqual(read);
    expect(queryWithFilters(odd, filtersFromQuery(odd))).toBe('');
    expect(filtersFromQuery('?__proto__=1&constructor=2')).toEqual({});
  });
});

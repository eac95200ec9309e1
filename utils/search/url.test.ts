import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilters } from '../../tests/fixtures/search.ts';
import { filtersFromQuery, queryWithFilters } from './url.ts';

describe('filters in a query', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(filtersFromQuery(queryWithFilters('', filters))).toEqual(filters);
      }),
    );
  });

  it('replace earlier ones and keep other parameters', () => {
    expect(queryWithFilters('?attempt=7&text=old&use=single', { text: 'a&b=c' })).toBe(
      '?attempt=7&text=a%26b%3Dc',
    );
    expect(queryWithFilters('?text=old', {})).toBe('');
  });

  it('are read if they are invalid, so that the page shows an error, but not written', () => {
    const odd = '?status=GONE&use=thrice&createdFrom=today&amountTo=NaN&text=%20';
    const read = { status: 'GONE', use: 'thrice', createdFrom: 'today', amountTo: 'NaN' };
    expect(filtersFromQuery(odd)).toEqual(read);
    expect(queryWithFilters(odd, filtersFromQuery(odd))).toBe('');
    expect(filtersFromQuery('?__proto__=1&constructor=2')).toEqual({});
  });
});

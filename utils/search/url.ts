import { cleanFilters, FILTER_NAMES, type SearchFilters } from './filters.ts';

/** The filters that an address names (`?status=ACTIVE&…`). What is no filter in it is left out. */
export function filtersFromQuery(query: string): SearchFilters {
  const params = new URLSearchParams(query);
  return cleanFilters(Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name) ?? ''])));
}

/** The query of an address with these filters in place of the ones it named; all else in it is kept. */
export function queryWithFilters(query: string, filters: SearchFilters): string {
  const params = new URLSearchParams(query);
  const set = cleanFilters(filters);
  for (const name of FILTER_NAMES) {
    params.delete(name);
    const text = set[name];
    if (text !== undefined) params.set(name, text);
  }
  return params.size > 0 ? `?${params}` : '';
}

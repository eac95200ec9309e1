import { parseQuery, updateQuery } from '../lib/query-string.ts';
import { activeFilters, FILTER_NAMES, type SearchFilters, validFilters } from './filters.ts';

/** The filters that an address names (`?status=ACTIVE&…`), as they stand there: what is none of them has to be said. */
export function filtersFromQuery(query: string): SearchFilters {
  return activeFilters(parseQuery(query, FILTER_NAMES));
}

/** The query of an address with these filters in place of the ones it named; all else in it is kept. */
export function queryWithFilters(query: string, filters: SearchFilters): string {
  return updateQuery(query, FILTER_NAMES, validFilters(filters));
}

import { readQuery, writeQuery } from '../lib/query-string.ts';
import { cleanFilters, FILTER_NAMES, type SearchFilters, setFilters } from './filters.ts';

/** The filters that an address names (`?status=ACTIVE&…`), as they stand there: what is none of them has to be said. */
export function filtersFromQuery(query: string): SearchFilters {
  return setFilters(readQuery(query, FILTER_NAMES));
}

/** The query of an address with these filters in place of the ones it named; all else in it is kept. */
export function queryWithFilters(query: string, filters: SearchFilters): string {
  return writeQuery(query, FILTER_NAMES, cleanFilters(filters));
}

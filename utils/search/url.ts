import { parseQuery, updateQuery } from '../lib/query-string.ts';
import { activeFilters, FILTER_NAMES, type SearchFilters, validFilters } from './filters.ts';

/** The filters in a query (`?status=ACTIVE&…`). Invalid ones are kept, so that the page can show an error. */
export function filtersFromQuery(query: string): SearchFilters {
  return activeFilters(parseQuery(query, FILTER_NAMES));
}

/** The query with these filters in place of its own ones. Other parameters are kept. */
export function queryWithFilters(query: string, filters: SearchFilters): string {
  return updateQuery(query, FILTER_NAMES, validFilters(filters));
}

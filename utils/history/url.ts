import { parseQuery, updateQuery } from '../lib/query-string.ts';
import { HISTORY_FILTER_NAMES, type HistoryFilters, validHistoryFilters } from './filters.ts';

/** The history's filters that an address names (`?outcome=rejected&…`). What is no filter in it is left out. */
export function historyFiltersFromQuery(query: string): HistoryFilters {
  return validHistoryFilters(parseQuery(query, HISTORY_FILTER_NAMES));
}

/** The query of an address with these filters in place of the ones it named; all else in it is kept. */
export function queryWithHistoryFilters(query: string, filters: HistoryFilters): string {
  return updateQuery(query, HISTORY_FILTER_NAMES, validHistoryFilters(filters));
}

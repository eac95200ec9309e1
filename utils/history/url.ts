import { parseQuery, updateQuery } from '../lib/query-string.ts';
import { HISTORY_FILTER_NAMES, type HistoryFilters, validHistoryFilters } from './filters.ts';

/** The history's filters in a URL's query (`?outcome=rejected&…`). Invalid ones are left out. */
export function historyFiltersFromQuery(query: string): HistoryFilters {
  return validHistoryFilters(parseQuery(query, HISTORY_FILTER_NAMES));
}

/** Returns the query with its history filters replaced. Other parameters stay. */
export function queryWithHistoryFilters(query: string, filters: HistoryFilters): string {
  return updateQuery(query, HISTORY_FILTER_NAMES, validHistoryFilters(filters));
}

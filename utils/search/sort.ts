import type { SearchHit } from '../enkash/search.ts';
import { numberOf } from './filters.ts';

/** The sortable columns of a table of codes, in their order on the page. */
export const SORT_COLUMNS = [
  'qrCodeId',
  'qrName',
  'amount',
  'status',
  'multipleUse',
  'referenceNumber',
  'createdOn',
  'expiry',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export interface Sort {
  by: SortColumn;
  descending: boolean;
}

/** The sort after a click on a column's heading: ascending at first, then reversed. */
export function nextSort(sort: Sort | undefined, by: SortColumn): Sort {
  return { by, descending: sort?.by === by && !sort.descending };
}

/**
 * The sorted rows, or the rows unchanged if no sort is chosen. Rows that lack the field come last in both directions.
 * Equal rows keep their order. Texts are compared by code units without case, because a comparison of 50,000 rows by the
 * rules of a language takes a second.
 */
export function sortRows(rows: readonly SearchHit[], sort: Sort | undefined): readonly SearchHit[] {
  if (!sort) return rows;
  const { by, descending } = sort;
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(row, by) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined)
        return Number(a.key === undefined) - Number(b.key === undefined);
      return a.key < b.key ? -sign : a.key > b.key ? sign : 0;
    })
    .map(({ row }) => row);
}

/** The sort key of a row. All keys of one column have the same type. */
function keyOf(row: SearchHit, by: SortColumn): string | number | undefined {
  const value = row[by];
  if (by === 'amount') return numberOf(row.amount);
  return value === undefined || value === '' ? undefined : String(value).toLowerCase();
}

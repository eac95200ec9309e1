import type { Sheet, SheetCell, SheetRow } from './sheet.ts';
import { ZipError } from './zip.ts';

/** The maximum of rows and of columns in spreadsheet programs. */
const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** A small file may declare more cells than fit in memory. The limit allows 100,000 rows of 50 columns. */
const MAX_CELLS = 5_000_000;

/** Collects the rows of a sheet from its cells in their order. */
export interface RowCollector {
  /** Starts the row with this number, from 1. */
  open(number: number, hidden: SheetRow['hidden']): void;
  /** Adds a cell in the column with this number, from 0. */
  add(column: number, cell: SheetCell | undefined): void;
  /** Marks the columns from one to the other as hidden. */
  hideColumns(first: number, last: number): void;
  finish(): Pick<Sheet, 'rows' | 'hiddenColumns'>;
}

/**
 * Creates a {@link RowCollector}. It throws {@link ZipError} `damaged` for invalid positions, and `too-large` for more
 * than {@link MAX_CELLS} cells. Empty cells before others count too.
 */
export function createRowCollector(): RowCollector {
  const rows: SheetRow[] = [];
  const hiddenColumns = new Set<number>();
  let cells = 0;
  let row: SheetRow | undefined;
  let width = 0;
  function close() {
    if (row && row.cells.length > 0) {
      rows.push(row);
      width = Math.max(width, row.cells.length);
    }
    row = undefined;
  }
  return {
    open(number, hidden) {
      close();
      const before = rows.at(-1)?.number ?? 0;
      if (!Number.isInteger(number) || number <= before || number > MAX_ROWS) throw new ZipError('damaged');
      row = { number, cells: [], ...(hidden && { hidden }) };
    },
    add(column, cell) {
      if (!cell) return;
      if (!row || !(column >= row.cells.length && column < MAX_COLUMNS)) throw new ZipError('damaged');
      cells += column + 1 - row.cells.length;
      if (cells > MAX_CELLS) throw new ZipError('too-large');
      while (row.cells.length < column) row.cells.push(undefined);
      row.cells.push(cell);
    },
    hideColumns(first, last) {
      for (let column = first; column <= last && column < MAX_COLUMNS; column += 1) hiddenColumns.add(column);
    },
    finish() {
      close();
      const seen = [...hiddenColumns].filter((column) => column < width);
      return { rows, ...(seen.length > 0 && { hiddenColumns: seen }) };
    },
  };
}

/**
 * What a cell of a spreadsheet holds. `number` is a value that the spreadsheet computes with; `date` is such a number
 * under a date format; `formula` is a formula whose file holds no result.
 */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula';

/** One cell of a spreadsheet. */
export interface SheetCell {
  /**
   * The text as typed. A number has all its digits and, if its format shows them, its leading zeros. A date is ISO
   * 8601. A boolean is `TRUE` or `FALSE`, an error is `#N/A` and the like, a formula without a result begins with `=`.
   */
  text: string;
  kind: CellKind;
  /**
   * The number has more than 15 digits. Spreadsheets keep 15 and replace the others by zeros, so it can't be what was
   * typed. The text is then in scientific notation, which no id is.
   */
  damaged?: true;
}

/** One row of a spreadsheet. Rows without any text are left out. */
export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  number: number;
  /** From column A on; an empty cell is `undefined`. */
  cells: (SheetCell | undefined)[];
  /**
   * Why the operator doesn't see the row in the spreadsheet. Such a row is not read as ids but reported as left out.
   * {@link withHiddenRows} removes the mark if the operator wants the row.
   */
  hidden?: 'hidden' | 'filtered';
}

/** One sheet of a spreadsheet file, in the order of the file. */
export interface Sheet {
  name: string;
  /** The spreadsheet shows no tab for it. */
  hidden?: boolean;
  rows: SheetRow[];
  /** Columns the spreadsheet doesn't show, by number from 0. */
  hiddenColumns?: number[];
}

/** The sheet as if each of its rows could be seen. */
export function withHiddenRows(sheet: Sheet): Sheet {
  return { ...sheet, rows: sheet.rows.map(({ hidden: _, ...row }) => row) };
}

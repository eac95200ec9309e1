/**
 * The kind of a spreadsheet cell. `date` is a number with a date format. `formula` is a formula without a result in the
 * file.
 */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula';

/** One cell of a spreadsheet. */
export interface SheetCell {
  /**
   * The text as typed. A number has all its digits and, if its format shows them, its leading zeros. A date is ISO
   * 8601. A boolean is `TRUE` or `FALSE`, an error is `#N/A` or similar, a formula without a result begins with `=`.
   */
  text: string;
  kind: CellKind;
  /**
   * The number has more than 15 digits. Spreadsheets keep 15 and replace the others by zeros, so the number may differ
   * from the typed one. Its text is in scientific notation, which is an invalid id.
   */
  damaged?: true;
}

/** One row of a spreadsheet. Rows without any text are left out. */
export interface SheetRow {
  /** The number of the row in the spreadsheet, from 1. */
  number: number;
  /** The cells from column A on. An empty cell is `undefined`. */
  cells: (SheetCell | undefined)[];
  /**
   * The reason why the spreadsheet doesn't show the row. IDs of such a row are left out and reported.
   * {@link withHiddenRows} removes the mark if the operator includes the row.
   */
  hidden?: 'hidden' | 'filtered';
}

/** One sheet of a spreadsheet file, in the order of the file. */
export interface Sheet {
  name: string;
  /** Whether the spreadsheet shows no tab for it. */
  hidden?: boolean;
  rows: SheetRow[];
  /** The indices of hidden columns. */
  hiddenColumns?: number[];
}

/** The sheet with no row marked as hidden. */
export function withHiddenRows(sheet: Sheet): Sheet {
  return { ...sheet, rows: sheet.rows.map(({ hidden: _, ...row }) => row) };
}

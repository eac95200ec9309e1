import Papa from 'papaparse';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Rows as CSV: UTF-8 with a byte order mark for spreadsheets, and cells that a spreadsheet would take for a
 * formula made harmless.
 */
export function csvOf(rows: readonly Readonly<Record<string, string | number>>[]): string {
  return BYTE_ORDER_MARK + Papa.unparse([...rows], { escapeFormulae: true, newline: '\r\n' });
}

/** Cells as one row that spreadsheets take when it is pasted, made harmless in the same way. */
export function tabbedRow(cells: readonly (string | number)[]): string {
  return Papa.unparse([[...cells]], { escapeFormulae: true, delimiter: '\t' });
}

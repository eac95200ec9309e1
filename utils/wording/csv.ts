import Papa from 'papaparse';

const BYTE_ORDER_MARK = '\ufeff';

type Rows = readonly Readonly<Record<string, string | number>>[];

/**
 * What a spreadsheet may take for a formula: its first sign, also where space is before it or it is as wide as an ideograph.
 * The library's own pattern lets every text pass that has a line break in it.
 */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const OPTIONS = { escapeFormulae: FORMULA, newline: '\r\n' };

/**
 * Rows as CSV: UTF-8 with a byte order mark for spreadsheets, and cells that a spreadsheet would take for a
 * formula made harmless.
 */
export function toCsv(rows: Rows): string {
  return BYTE_ORDER_MARK + Papa.unparse([...rows], OPTIONS);
}

/** Further rows for the end of a CSV, with the same columns. */
export function csvRows(rows: Rows): string {
  return `${OPTIONS.newline}${Papa.unparse([...rows], { ...OPTIONS, header: false })}`;
}

/** Cells as one row that spreadsheets take when it is pasted, made harmless in the same way. */
export function toTsvRow(cells: readonly (string | number)[]): string {
  return Papa.unparse([[...cells]], { escapeFormulae: FORMULA, delimiter: '\t' });
}

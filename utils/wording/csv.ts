import Papa from 'papaparse';

const BYTE_ORDER_MARK = '\ufeff';

type Rows = readonly Readonly<Record<string, string | number>>[];

/**
 * A text that a spreadsheet may read as a formula, by its first character; white space may precede it, and it may be
 * full-width. Papa Parse's own pattern misses texts that contain a line break.
 */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const OPTIONS = { escapeFormulae: FORMULA, newline: '\r\n' };

/** Rows as CSV, with a byte order mark for spreadsheets. A cell that one may read as a formula is escaped. */
export function toCsv(rows: Rows): string {
  return BYTE_ORDER_MARK + Papa.unparse([...rows], OPTIONS);
}

/** Rows with the same columns, to be appended to a CSV. */
export function csvRows(rows: Rows): string {
  return `${OPTIONS.newline}${Papa.unparse([...rows], { ...OPTIONS, header: false })}`;
}

/** Cells as one tab-separated row for pasting into a spreadsheet, escaped in the same way. */
export function toTsvRow(cells: readonly (string | number)[]): string {
  return Papa.unparse([[...cells]], { escapeFormulae: FORMULA, delimiter: '\t' });
}

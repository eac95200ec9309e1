import Papa from 'papaparse';
import type { Clock } from '../lib/clock.ts';
import type { Rows } from '../lib/persistent-vector.ts';
import { runInTimeSlices } from '../lib/time-slice.ts';

const BYTE_ORDER_MARK = '\ufeff';

type Cells = Readonly<Record<string, string | number>>;

/**
 * A text that a spreadsheet may read as a formula, by its first character; white space may precede it, and it may be
 * full-width. Papa Parse's own pattern misses texts that contain a line break.
 */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const OPTIONS = { escapeFormulae: FORMULA, newline: '\r\n' };

/** A CSV file in parts. They are bytes, because the page would be blocked while the browser encodes a long text. */
export type CsvParts = Uint8Array<ArrayBuffer>[];

/**
 * Rows as CSV in UTF-8, with a byte order mark for spreadsheets. `cellsOf` returns the cells of a row by their columns,
 * the same for all rows. A cell that a spreadsheet may read as a formula is escaped. Works in time slices, so that the
 * page stays responsive.
 */
export async function csvOf<Row>(
  rows: Rows<Row>,
  cellsOf: (row: Row) => Cells,
  clock: Clock,
): Promise<CsvParts> {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(BYTE_ORDER_MARK)];
  await runInTimeSlices(rows, clock, (batch) => {
    const isFirst = parts.length === 1;
    const text = Papa.unparse(batch.map(cellsOf), { ...OPTIONS, header: isFirst });
    parts.push(encoder.encode(isFirst ? text : OPTIONS.newline + text));
  });
  return parts;
}

/** Cells as one tab-separated row for pasting into a spreadsheet, escaped in the same way. */
export function toTsvRow(cells: readonly (string | number)[]): string {
  return Papa.unparse([[...cells]], { escapeFormulae: FORMULA, delimiter: '\t' });
}

import Papa from 'papaparse';
import { caseVariantsOf, MAX_IDS } from './find-ids.ts';
import { type IdProblem, parseQrCodeId } from './id.ts';

/** One line of a list, with its number (from 1) in what was pasted or in the file. */
export type ListedId =
  | { line: number; kind: 'valid'; qrCodeId: string }
  | { line: number; kind: 'duplicate'; qrCodeId: string; firstLine: number }
  | { line: number; kind: 'refused'; text: string; problem: IdProblem };

export type IdList =
  | { ok: true; lines: ListedId[]; ids: string[]; caseVariants: string[][] }
  | { ok: false; problem: { code: 'too-many'; count: number; limit: number } | { code: 'nothing' } };

interface Row {
  line: number;
  cells: string[];
}

/**
 * Reads a list of ids: one a line, or CSV/TSV with quotes and a header, where the column that holds the
 * most ids is the one that is read. Every line comes back as valid, duplicate or refused; a list of more
 * than {@link MAX_IDS} ids is refused whole.
 */
export function readIdList(text: string): IdList {
  const rows = readRows(text);
  const column = idColumn(rows);
  const firstLines = new Map<string, number>();
  const lines: ListedId[] = [];
  for (const [index, row] of rows.entries()) {
    const cell = row.cells[column] ?? '';
    const parsed = parseQrCodeId(cell);
    if (parsed.ok && index === 0 && isHeading(cell, rows, column)) continue;
    if (!parsed.ok) {
      if (index === 0 && isHeading(cell, rows, column)) continue;
      lines.push({ line: row.line, kind: 'refused', text: cell, problem: parsed.problem });
      continue;
    }
    const { qrCodeId } = parsed;
    const firstLine = firstLines.get(qrCodeId);
    if (firstLine === undefined) {
      firstLines.set(qrCodeId, row.line);
      lines.push({ line: row.line, kind: 'valid', qrCodeId });
    } else lines.push({ line: row.line, kind: 'duplicate', qrCodeId, firstLine });
  }
  if (lines.length === 0) return { ok: false, problem: { code: 'nothing' } };
  const ids = [...firstLines.keys()];
  if (ids.length > MAX_IDS)
    return { ok: false, problem: { code: 'too-many', count: ids.length, limit: MAX_IDS } };
  return { ok: true, lines, ids, caseVariants: caseVariantsOf(ids) };
}

function readRows(text: string): Row[] {
  const rows: Row[] = [];
  let line = 1;
  let position = 0;
  Papa.parse<string[]>(text, {
    delimitersToGuess: [',', '\t', ';', '|'],
    step: ({ data, meta }) => {
      const consumed = text.slice(position, meta.cursor);
      const start = line;
      line += consumed.match(/\r\n|\r|\n/g)?.length ?? 0;
      position = meta.cursor;
      if (data.some((cell) => cell.trim() !== '')) rows.push({ line: start, cells: data });
    },
  });
  return rows;
}

/** The column with the most cells that are ids with a digit; the first one where none stands out. */
function idColumn(rows: readonly Row[]): number {
  const scores: number[] = [];
  for (const { cells } of rows) {
    for (const [column, cell] of cells.entries()) {
      const parsed = parseQrCodeId(cell);
      const score = !parsed.ok || !/\d/.test(cell) ? 0 : /[A-Za-z]/.test(cell) ? 2 : 1;
      scores[column] = (scores[column] ?? 0) + score;
    }
  }
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** A first line without any digit above lines that have some is a heading, not an id. */
function isHeading(cell: string, rows: readonly Row[], column: number): boolean {
  return !/\d/.test(cell) && rows.slice(1).some(({ cells }) => /\d/.test(cells[column] ?? ''));
}

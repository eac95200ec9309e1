import Papa from 'papaparse';
import { caseVariantsOf, MAX_IDS } from './find-ids.ts';
import { type IdProblem, parseQrCodeId } from './id.ts';
import { isDate } from './unlike-ids.ts';

/** One line of a list, with its number (from 1) in what was pasted or in the file. */
export type ListedId =
  | { line: number; kind: 'valid'; qrCodeId: string }
  | { line: number; kind: 'duplicate'; qrCodeId: string; firstLine: number }
  | { line: number; kind: 'refused'; text: string; problem: IdProblem };

/** A column of a table, by its number from 0 and its heading, which is empty where it has none. */
export interface Column {
  index: number;
  title: string;
}

export type IdList =
  | {
      ok: true;
      lines: ListedId[];
      ids: string[];
      caseVariants: string[][];
      /** The columns to choose from and the one that was read; none where the list is not a table. */
      columns: Column[];
      column: number | undefined;
    }
  | { ok: false; problem: { code: 'too-many'; count: number; limit: number } | { code: 'nothing' } };

interface Row {
  line: number;
  cells: string[];
}

/** What a column of ids is called in a heading: `qrCodeId`, `QR Code ID`, `ID`. */
const ID_HEADING = /^(?:qr[ _-]?)?(?:code[ _-]?)?id$/i;

/**
 * Reads a list of ids: one a line, several a line with separators, or CSV/TSV with quotes and a heading,
 * where one column is read: the one that was chosen, else the one that is called so, else the one that holds the most
 * ids. Every id of
 * every line comes back as valid, duplicate or refused; a list of more than {@link MAX_IDS} is refused whole.
 */
export function readIdList(text: string, chosen?: number): IdList {
  // Were it left to the parser, its positions would no longer be those in the text.
  const rows = readRows(text.replace(/^\ufeff/, ''));
  const firstLines = new Map<string, number>();
  const lines: ListedId[] = [];
  const { cells, ...table } = idCells(rows, chosen);
  for (const { line, cell } of cells) {
    const parsed = parseQrCodeId(cell);
    if (!parsed.ok) {
      lines.push({ line, kind: 'refused', text: cell, problem: parsed.problem });
      continue;
    }
    const { qrCodeId } = parsed;
    const firstLine = firstLines.get(qrCodeId);
    if (firstLine === undefined) {
      firstLines.set(qrCodeId, line);
      lines.push({ line, kind: 'valid', qrCodeId });
    } else lines.push({ line, kind: 'duplicate', qrCodeId, firstLine });
  }
  if (lines.length === 0) return { ok: false, problem: { code: 'nothing' } };
  const ids = [...firstLines.keys()];
  if (ids.length > MAX_IDS)
    return { ok: false, problem: { code: 'too-many', count: ids.length, limit: MAX_IDS } };
  return { ok: true, lines, ids, caseVariants: caseVariantsOf(ids), ...table };
}

/** The cells that are meant to be ids: all of them where all look like it, else those of one column. */
function idCells(rows: readonly Row[], chosen?: number): IdCells {
  const isTable = !rows.every(({ cells }) => cells.every((cell) => cell.trim() === '' || score(cell) === 2));
  if (!isTable && chosen === undefined) {
    const cells = rows.flatMap(({ line, cells: all }) =>
      all.filter((cell) => cell.trim() !== '').map((cell) => ({ line, cell })),
    );
    return { cells, columns: [], column: undefined };
  }
  const column = chosen ?? idColumn(rows);
  const headed = isHeading(rows, column);
  const below = headed ? rows.slice(1) : rows;
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const columns = Array.from({ length: width }, (_, index) => ({
    index,
    title: headed ? (rows[0]?.cells[index]?.trim() ?? '') : '',
  }));
  const cells = below.map(({ line, cells: all }) => ({ line, cell: all[column] ?? '' }));
  return width > 1 ? { cells, columns, column } : { cells, columns: [], column: undefined };
}

interface IdCells {
  cells: { line: number; cell: string }[];
  columns: Column[];
  column: number | undefined;
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

/** The column that is called so; else the one with the most ids, and of several the one with the most digits. */
function idColumn(rows: readonly Row[]): number {
  const called = rows[0]?.cells.findIndex((cell) => ID_HEADING.test(cell.trim())) ?? -1;
  if (called >= 0) return called;
  let best = { column: 0, score: 0, digits: 0 };
  const columns: (typeof best)[] = [];
  for (const { cells } of rows) {
    for (const [column, cell] of cells.entries()) {
      const likeness = score(cell);
      const sum = columns[column] ?? { column, score: 0, digits: 0 };
      const digits = likeness > 0 ? cell.replace(/\D/g, '').length : 0;
      columns[column] = { column, score: sum.score + likeness, digits: sum.digits + digits };
    }
  }
  for (const sum of columns)
    if (sum.score > best.score || (sum.score === best.score && sum.digits > best.digits)) best = sum;
  return best.column;
}

/** How much a cell looks like an id: 2 with letters and digits, 1 with digits alone, else 0. */
function score(cell: string): 0 | 1 | 2 {
  if (!/\d/.test(cell) || isDate(cell.trim()) || !parseQrCodeId(cell).ok) return 0;
  return /[A-Za-z]/.test(cell) ? 2 : 1;
}

/** A first line that is called so, or without any digit above lines that have some, is a heading. */
function isHeading(rows: readonly Row[], column: number): boolean {
  const first = rows[0]?.cells[column] ?? '';
  if (ID_HEADING.test(first.trim())) return true;
  return !/\d/.test(first) && rows.slice(1).some(({ cells }) => /\d/.test(cells[column] ?? ''));
}

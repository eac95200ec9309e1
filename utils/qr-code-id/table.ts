import { readCell, shownText } from './cell.ts';
import { type Heading, readHeading } from './heading.ts';
import type { ColumnOption } from './reading.ts';
import { isWholeId, type Row } from './rows.ts';
import { forEachRow, type Steps } from './steps.ts';
import { scanWord } from './word.ts';

/** A table with its heading and columns. */
export interface Table {
  /** The rows above the heading, such as titles and dates. */
  above: Row[];
  heading: Row | undefined;
  /** The rows below the heading. */
  rows: Row[];
  /** The usual number of cells in a row, without empty ones at its end. */
  width: number;
  columns: ColumnFacts[];
}

/** The content of a column in rows of the usual width. */
export interface ColumnFacts {
  index: number;
  title: string;
  heading: Heading | undefined;
  filled: number;
  /** The IDs with letters and digits that are whole cells. */
  strong: string[];
  /** The lines of the rows with such IDs. */
  strongLines: Set<number>;
  /** The number of cells that are a number as long as an ID. */
  numbers: number;
  /** The number of cells with an ID among other words. */
  within: number;
  /** The number of cells with the form of another thing's ID. */
  others: number;
}

/** The heading is among this many first rows. Titles and dates may precede it. */
const HEADING_WITHIN = 60;
/** IDs of this length below an unknown heading may be those of QR codes. */
const LONG_ID = 8;
const SHARED_BEGINNING = 3;

/** Finds the heading and the columns of a table. */
export function* readTable(rows: readonly Row[]): Steps<Table> {
  const width = yield* usualWidth(rows);
  const at = headingRow(rows, width);
  const heading = at === undefined ? undefined : rows[at];
  const above = at === undefined ? [] : rows.slice(0, at);
  const dataRows = at === undefined ? [...rows] : rows.slice(at + 1);
  return { above, heading, rows: dataRows, width, columns: yield* factsOf(dataRows, heading, width) };
}

/** The number of cells of a row without the empty ones at its end. */
export function filledWidth({ cells }: Row): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] ?? '').trim() === '') width -= 1;
  return width;
}

function* usualWidth(rows: readonly Row[]): Steps<number> {
  const counts = new Map<number, number>();
  let usual = 1;
  yield* forEachRow(rows, (row) => {
    if (!row.cells.some((cell) => isWholeId(shownText(cell).text))) return;
    counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1);
  });
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  const at = headingRow(rows, 1);
  const headingWidth = at === undefined ? 0 : filledWidth(rows[at] ?? { line: 0, cells: [] });
  return Math.max(usual, headingWidth);
}

/**
 * The index of the row with the most known headings, else of a row of words right above the first IDs. A row with only one
 * cell is a title.
 */
function headingRow(rows: readonly Row[], width: number): number | undefined {
  let best: { at: number; score: number } | undefined;
  let firstIds: number | undefined;
  for (const [at, { cells }] of rows.slice(0, HEADING_WITHIN).entries()) {
    const filled = cells.filter((cell) => cell.trim() !== '');
    if (filled.some((cell) => isWholeId(shownText(cell).text) && !readHeading(cell.trim())?.isExact)) {
      firstIds ??= at;
      if (best) break;
      continue;
    }
    if (filled.length < Math.min(2, width)) continue;
    const score = headingScore(filled);
    if (score > 0 && (!best || score > best.score) && (firstIds === undefined || score >= 3))
      best = { at, score };
  }
  if (best) return best.at;
  if (firstIds === undefined || firstIds === 0) return undefined;
  const before = rows[firstIds - 1];
  const words = before?.cells.filter((cell) => cell.trim() !== '') ?? [];
  const isHeading =
    words.length >= 2 && words.length * 2 >= width && words.every((cell) => !/\d{3}|@/.test(cell));
  return isHeading ? firstIds - 1 : undefined;
}

function headingScore(cells: readonly string[]): number {
  let score = 0;
  for (const cell of cells) {
    const kind = readHeading(cell.trim())?.kind;
    if (kind === 'clear') score += 4;
    else if (kind === 'qualified' || kind === 'weak') score += 3;
    else if (kind) score += 1;
  }
  // “Gate 1, Pune” is no heading, although headings have both words.
  return score >= 3 || (score >= 1 && cells.every((cell) => readHeading(cell.trim()))) ? score : 0;
}

function* factsOf(rows: readonly Row[], heading: Row | undefined, width: number): Steps<ColumnFacts[]> {
  const columns = Array.from({ length: width }, (_, index): ColumnFacts => {
    const title = heading?.cells[index]?.trim() ?? '';
    return {
      index,
      title,
      heading: title === '' ? undefined : readHeading(title),
      filled: 0,
      strong: [],
      strongLines: new Set(),
      numbers: 0,
      within: 0,
      others: 0,
    };
  });
  yield* forEachRow(rows, (row) => {
    if (row.hidden || row.comment || filledWidth(row) > width) return;
    for (const column of columns) addCell(column, row.cells[column.index] ?? '', row.line);
  });
  return columns;
}

function addCell(column: ColumnFacts, cell: string, line: number): void {
  const { text } = shownText(cell);
  if (text === '') return;
  column.filled += 1;
  if (!/\d/.test(text)) return;
  if (isWholeId(text)) {
    const word = scanWord(text);
    if (word.kind === 'id' && word.strength === 'strong') {
      column.strong.push(word.qrCodeId);
      column.strongLines.add(line);
    } else column.numbers += 1;
    return;
  }
  const word = scanWord(text);
  if (word.kind === 'other') column.others += 1;
  else if (word.kind === 'damaged' && word.surely) column.strong.push(word.text);
  else if (/\s/.test(text) && readCell(text, false).kind === 'ids') column.within += 1;
}

/** The column with the IDs, or the columns that the operator has to choose from. */
export type ColumnDecision =
  | { kind: 'decided'; column: number }
  | { kind: 'ask'; columns: number[] }
  | { kind: 'none' };

/**
 * Decides by headings. Asks if a second column may hold the IDs, by its heading or by IDs of the same form. Columns of
 * numbers count only if no column has IDs with letters.
 */
export function decideColumn({ columns }: Table): ColumnDecision {
  const holding = columns.filter(({ filled }) => filled > 0);
  const clear = holding.filter(({ heading }) => heading?.kind === 'clear');
  if (clear.length > 0) {
    const [first] = clear;
    const rivals = holding.filter(
      (column) => !clear.includes(column) && clear.some((own) => isRival(column, own)),
    );
    const onlyOthers = first && first.others > 0 && first.strong.length + first.numbers === 0;
    if (clear.length > 1 || rivals.length > 0 || onlyOthers) return ask([...clear, ...rivals]);
    return { kind: 'decided', column: first?.index ?? 0 };
  }
  const weak = holding.filter(
    ({ heading, strong, numbers, others }) =>
      heading?.kind === 'weak' && (strong.length + numbers > 0 || others === 0),
  );
  const strong = holding.filter((column) => column.strong.length > 0);
  const meant = strong.filter(({ heading }) => heading?.kind !== 'other');
  const open = unionOf(
    meant,
    weak.filter((column) => column.strong.length > 0 || meant.length === 0),
  );
  if (open.length > 1) return ask(open);
  const [only] = open;
  if (only) return only.heading?.keeps ? ask(open) : { kind: 'decided', column: only.index };
  return decideAmongNumbers(holding, strong);
}

function decideAmongNumbers(holding: readonly ColumnFacts[], strong: readonly ColumnFacts[]): ColumnDecision {
  const numbers = holding.filter((column) => column.numbers > 0);
  const meant = numbers.filter(({ heading }) => heading?.kind !== 'other');
  if (meant.length > 1) return ask(meant);
  const [only] = meant;
  if (only && strong.length === 0 && !only.heading?.keeps) return { kind: 'decided', column: only.index };
  const doubtful = unionOf(
    unionOf(strong, meant),
    holding.filter(({ others }) => others > 0),
  );
  if (doubtful.length > 0) return ask(doubtful);
  const [within, ...more] = holding.filter((column) => column.within > 0);
  if (!within) return { kind: 'none' };
  return more.length > 0 ? ask([within, ...more]) : { kind: 'decided', column: within.index };
}

function ask(columns: readonly ColumnFacts[]): ColumnDecision {
  return { kind: 'ask', columns: columns.map(({ index }) => index).toSorted((a, b) => a - b) };
}

function unionOf(first: readonly ColumnFacts[], second: readonly ColumnFacts[]): ColumnFacts[] {
  return [...new Set([...first, ...second])];
}

/** Whether a column may hold the IDs although another one has a clear heading. */
function isRival(column: ColumnFacts, clear: ColumnFacts): boolean {
  const kind = column.heading?.kind;
  if (kind === 'qualified' || kind === 'side')
    return column.strong.length + column.numbers + column.within > 0;
  if (column.strong.length === 0) return false;
  // An ID in a `Name` column is in the wrong cell if its row has no ID in the clear column.
  const isBeside = [...column.strongLines].some((line) => clear.strongLines.has(line));
  if (shareForm(column.strong, clear.strong) && (kind !== 'other' || isBeside)) return true;
  return (kind === undefined || kind === 'weak') && column.strong.some((id) => id.length >= LONG_ID);
}

/** Whether two columns have IDs with the same beginning, like IDs of one gateway. */
function shareForm(first: readonly string[], second: readonly string[]): boolean {
  const beginnings = new Set(second.map(beginning));
  return first.some((id) => beginnings.has(beginning(id)));
}

function beginning(id: string): string {
  return id.slice(0, SHARED_BEGINNING).toUpperCase();
}

/** The given columns, or all that are not empty, with their headings and first values for the operator's choice. */
export function columnOptions({ columns, rows }: Table, indices?: readonly number[]): ColumnOption[] {
  return columns
    .filter(({ index, filled }) => (indices ? indices.includes(index) : filled > 0))
    .map(({ index, title, strong }) => ({
      index,
      title,
      values: firstValues(rows, index),
      ids: new Set(strong).size,
    }));
}

const VALUES_SHOWN = 3;

function firstValues(rows: readonly Row[], column: number): string[] {
  const values: string[] = [];
  for (const { cells } of rows) {
    const value = shownText(cells[column] ?? '').text;
    if (value !== '' && values.push(value) === VALUES_SHOWN) break;
  }
  return values;
}

/** The name of a column in spreadsheets: A, B … Z, AA. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

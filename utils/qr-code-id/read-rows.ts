import { type Cell, readCell, shownText } from './cell.ts';
import { excludedBelow, forbids } from './exclusions.ts';
import { readHeading } from './heading.ts';
import { TOTAL_WORDS } from './heading-words.ts';
import {
  columnName,
  everyColumn,
  hasId,
  leaveOutExcluded,
  leaveOutHidden,
  leaveOutOthers,
  leaveOutRow,
  rowText,
} from './left-out-rows.ts';
import type { ListBuilder } from './list-builder.ts';
import type { TextLine } from './plain-text.ts';
import type { ListOptions } from './read-list.ts';
import type { IdList, LeftOutReason } from './reading.ts';
import { roundedNumbers } from './rounded.ts';
import { isWholeId, type Row } from './rows.ts';
import { forEachRow, type Steps } from './steps.ts';
import { columnOptions, decideColumn, filledWidth, readTable, type Table } from './table.ts';
import { isStrongId } from './word.ts';

/**
 * Reads a table by the column of IDs: the operator's choice, else the only possible one. Asks if there are several.
 * `lines` is the text of the rows, so that no ID of it is lost; empty for a spreadsheet.
 */
export function* readRows(
  rows: readonly Row[],
  lines: readonly TextLine[],
  builder: ListBuilder,
  options: ListOptions,
): Steps<IdList> {
  const table = yield* readTable(rows);
  const { column } = options;
  if (column === 'all') return yield* readAllColumns(table, builder, lines);
  const decision = column === undefined ? decideColumn(table) : { kind: 'decided' as const, column };
  yield;
  if (decision.kind === 'ask') return yield* askFor(table, decision.columns, builder, lines);
  if (decision.kind === 'decided') {
    yield* readColumn(table, decision.column, builder, column !== undefined);
    return yield* finish(table, decision.column, builder, lines);
  }
  yield* forEachRow([...table.above, ...table.rows], (row) => {
    if (row.hidden) leaveOutHidden(row, everyColumn(table), builder);
    else leaveOutRow(row, undefined, builder, table);
  });
  return yield* finish(table, undefined, builder, lines);
}

function* finish(
  table: Table,
  column: number | undefined,
  builder: ListBuilder,
  lines: readonly TextLine[],
): Steps<IdList> {
  yield* builder.leaveOutTheRest(lines);
  return builder.finish({
    columns: columnOptions(table),
    column,
    columnName: column === undefined ? '' : columnName(table, column),
  });
}

function* askFor(
  table: Table,
  columns: readonly number[],
  builder: ListBuilder,
  lines: readonly TextLine[],
): Steps<IdList> {
  const ids = new Set(columns.flatMap((index) => table.columns[index]?.strong ?? []));
  for (const id of ids) builder.settle(id);
  yield* forEachRow([...table.above, ...table.rows], (row) => {
    if (row.hidden) leaveOutHidden(row, columns, builder);
  });
  yield* builder.leaveOutTheRest(lines);
  return builder.unreadable({
    code: 'choose-column',
    columns: columnOptions(table, columns),
    mayTakeAll: table.heading === undefined && columns.length > 1 && isOnlyIds(table),
    ids: [...ids],
  });
}

function isOnlyIds({ rows }: Table): boolean {
  return rows.every(({ cells }) => cells.every((cell) => cell.trim() === '' || isWholeId(cell)));
}

function* readAllColumns(table: Table, builder: ListBuilder, lines: readonly TextLine[]): Steps<IdList> {
  yield* forEachRow(table.rows, (row) => {
    const { line, cells } = row;
    if (row.comment) leaveOutRow(row, { code: 'comment' }, builder, table);
    else if (row.hidden) leaveOutHidden(row, everyColumn(table), builder);
    else for (const cell of cells) take(readCell(cell, true), line, builder, cell.trim());
  });
  yield* builder.leaveOutTheRest(lines);
  return builder.finish({ columns: columnOptions(table), column: 'all', columnName: '' });
}

function* readColumn(table: Table, column: number, builder: ListBuilder, trusted: boolean): Steps<void> {
  for (const row of table.above)
    if (row.hidden) leaveOutHidden(row, [column], builder);
    else leaveOutRow(row, { code: 'above-heading' }, builder, table);
  const rounded = roundedNumbers(table.rows.map(({ cells }) => shownText(cells[column] ?? '').text));
  const forms = new Set(table.columns[column]?.strong.map(formOf));
  let kept = table.above.reduce(keptAfter, undefined as string | undefined);
  yield;
  yield* forEachRow(table.rows, (row) => {
    kept = keptAfter(kept, row);
    const forbidden = kept ?? forbiddenBy(row, table, column);
    if (forbidden !== undefined) leaveOutExcluded(row, table, column, keptReason(forbidden), builder);
    else if (row.comment) leaveOutRow(row, { code: 'comment' }, builder, table);
    else if (row.hidden) leaveOutHidden(row, [column], builder);
    else if (filledWidth(row) > table.width) readOddRow(row, table, column, builder);
    else readRow(row, table, { column, trusted, rounded, forms }, builder);
  });
}

/** The label after a row, if it excludes the rows below. `To keep` alone in a row does so until a row like `To cancel`. */
function keptAfter(kept: string | undefined, { cells }: Row): string | undefined {
  const [only = '', ...more] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const label = only.replace(/[:\s]+$/, '');
  const isLabel = label !== '' && more.length === 0 && !/\d/.test(label);
  const heading = isLabel ? readHeading(label) : undefined;
  if (isLabel && !heading?.isExact && excludedBelow(label) !== undefined) return label;
  if (!heading?.isExact || heading.kind === 'clear' || heading.kind === 'weak') return kept;
  return heading.keeps ? label : heading.kind === 'other' ? kept : undefined;
}

/** The heading of a column that says for each code whether to cancel it, and its answer. */
const ASKS =
  /^\s*(?:to\s+|please\s+|should\s+)?(?:be\s+)?(?:cancel|delete|deactivate)\s*\??\s*(?:\(?\s*y(?:es)?\s*\/\s*no?\s*\)?)?\s*\??\s*$/i;
const NO = /^\s*(?:no|n|false|नहीं|ना)\s*$/iu;
const KEEP = /^\s*(?:keep|retain)(?:\s+(?:it|this|active))?[.!]*\s*$/i;
/** The heading of a column of remarks, in which each order counts. */
const REMARKS = /remark|note|comment|action|instruction|reason|टिप्पणी|शेरा/iu;

/** The words of another cell of the row that say not to cancel, if any. */
function forbiddenBy({ cells }: Row, { columns }: Table, column: number): string | undefined {
  for (const [index, cell] of cells.entries()) {
    if (index === column) continue;
    const title = columns[index]?.title ?? '';
    if (NO.test(cell) && ASKS.test(title)) return `${title.trim()} ${cell.trim()}`;
    if (KEEP.test(cell) && REMARKS.test(title)) return cell.trim();
    const quote = /^\S*$/.test(cell) ? undefined : forbids(cell, !REMARKS.test(title));
    if (quote !== undefined) return quote;
  }
  return undefined;
}

function keptReason(label: string): LeftOutReason {
  return readHeading(label)?.keeps && !readHeading(label)?.excludes
    ? { code: 'label', label }
    : { code: 'excluded', text: label };
}

interface Reading {
  column: number;
  trusted: boolean;
  rounded: ReadonlySet<string>;
  /** The forms of the IDs that stand alone in their cells. */
  forms: ReadonlySet<string>;
}

function readRow(
  row: Row,
  table: Table,
  { column, trusted, rounded, forms }: Reading,
  builder: ListBuilder,
): void {
  const { line, cells, marks } = row;
  const raw = cells[column] ?? '';
  const { text } = shownText(raw);
  const mark = marks?.get(column);
  // A shortcut for most cells. The full reading gives the same result.
  if (!mark && text === raw && isStrongId(text)) builder.add(line, text);
  else if (!isStrongId(text) && isTotal(row)) builder.leaveOut(line, rowText(row), false, { code: 'total' });
  else if (mark) takeMarked(mark, text, line, builder);
  else if (rounded.has(text)) builder.reject(line, text, { code: 'rounded' });
  else {
    const cell = readCell(raw, trusted);
    if (cell.kind === 'blank') refuseEmpty(row, builder);
    else if (isOtherAmongWords(cell, text, table.columns[column]?.strong ?? []))
      builder.leaveOut(line, cell.found[0]?.qrCodeId ?? '', true, { code: 'not-understood' });
    else if (isCutInTwo(cell, text, forms)) builder.reject(line, text, { code: 'broken' });
    else take(cell, line, builder, text);
  }
  leaveOutOthers(row, table, column, builder);
}

/** Reports an empty cell, unless the row has an ID in another cell: then that one is reported. */
function refuseEmpty(row: Row, builder: ListBuilder): void {
  if (!hasId(row)) builder.reject(row.line, '', { code: 'empty' });
}

/** Whether a row is a total. */
function isTotal({ cells }: Row): boolean {
  return cells.some((cell) => TOTAL_WORDS.test(cell.trim()));
}

/** Whether a cell is a remark with another thing's ID, such as `Report RPT2026112299` below a table. */
function isOtherAmongWords(
  cell: Cell,
  text: string,
  known: readonly string[],
): cell is Cell & { kind: 'ids' } {
  if (cell.kind !== 'ids' || cell.found.length > 1 || isWholeId(text) || !/\s/.test(text)) return false;
  return known.length > 1 && !cell.found.some(({ qrCodeId }) => isLike(qrCodeId, known));
}

function takeMarked(
  mark: 'damaged' | 'date' | 'error' | 'formula',
  text: string,
  line: number,
  builder: ListBuilder,
): void {
  if (mark === 'damaged') builder.reject(line, text, { code: 'rounded' });
  else if (mark === 'date') builder.reject(line, text, { code: 'spreadsheet-date' });
  else builder.leaveOut(line, text, false, { code: mark === 'error' ? 'no-value' : 'formula' });
}

function take(cell: Cell, line: number, builder: ListBuilder, text: string): void {
  switch (cell.kind) {
    case 'blank':
      return;
    case 'ids':
      for (const { qrCodeId, note } of cell.found) builder.add(line, qrCodeId, note);
      return;
    case 'refused':
      builder.reject(line, cell.text, cell.problem);
      return;
    case 'left-out':
      for (const id of cell.texts) builder.leaveOut(line, id, true, cell.reason);
      if (cell.texts.length === 0) builder.leaveOut(line, text, false, cell.reason);
  }
}

/**
 * Reads a row with more cells than the others, because a comma in a name moved cells to the right. Its ID is taken if the
 * table has only one column of IDs and only one cell that the ID may have moved to.
 */
function readOddRow(row: Row, table: Table, column: number, builder: ListBuilder): void {
  const { line, cells } = row;
  const withIds = table.columns.filter(({ strong }) => strong.length > 0);
  const isOnly = withIds.every(({ index }) => index === column);
  const moved = filledWidth(row) - table.width;
  const known = table.columns[column]?.strong ?? [];
  const possible = cells
    .slice(column, column + moved + 1)
    .map((cell) => shownText(cell).text)
    .filter((text) => isStrongId(text) && isLike(text, known));
  const [qrCodeId] = possible;
  if (isOnly && qrCodeId !== undefined && possible.length === 1)
    builder.add(line, qrCodeId, { code: 'odd-row' });
  leaveOutRow(row, { code: 'odd-row' }, builder, table);
}

/** Whether a space cuts an ID in two: the joined words have the form of the other IDs, and no word alone has it. */
function isCutInTwo(cell: Cell, text: string, forms: ReadonlySet<string>): boolean {
  if (cell.kind !== 'ids' || !/\s/.test(text)) return false;
  return (
    forms.has(formOf(text.replace(/\s+/g, ''))) &&
    !cell.found.some(({ qrCodeId }) => forms.has(formOf(qrCodeId)))
  );
}

function formOf(id: string): string {
  return `${id.slice(0, 2)} ${id.length}`;
}

/** Whether an ID has the form of one of the others. */
function isLike(id: string, others: readonly string[]): boolean {
  return others.some((other) => other.length === id.length && other.slice(0, 2) === id.slice(0, 2));
}

import Papa from 'papaparse';
import { ListBuilder } from './list-builder.ts';
import { linesOf } from './plain-text.ts';
import { type ListInput, type ListOptions, readListInSteps } from './read-list.ts';
import type { ColumnOption, IdList, UnreadableList } from './reading.ts';
import { type Sheet, withHiddenRows } from './sheet.ts';
import { runAtOnce, type Steps } from './steps.ts';

/** The columns that the operator chooses from. With `mayTakeAll`, the operator may also take all of them as one list. */
export interface ColumnChoice {
  columns: readonly ColumnOption[];
  mayTakeAll: boolean;
}

interface Source {
  /** The name of its file, if any. */
  name?: string;
  /** The index of the file among those chosen with it. */
  place?: number;
  /** The index of the column that the operator chose, or all of them. */
  column?: number | 'all';
  /** The columns that the operator may choose from. */
  choice?: ColumnChoice | undefined;
}

/** A sheet as the source of a list. */
export interface SheetSource extends Source {
  name: string;
  sheet: Sheet;
  /** Whether hidden rows belong to the list. */
  includeHidden: boolean;
}

/** A text, or IDs from the gateway. */
export type TextInput = Exclude<ListInput, { sheet: Sheet }>;

/** A source of a list or of a part of it. */
export type ListSource = SheetSource | (Source & TextInput);

/** The result of one source. */
export interface ListPart {
  name: string | undefined;
  /** The number of its first line among those of all sources, from 1. */
  firstLine: number;
  /** All columns of a table; empty if the source is no table. */
  columns: readonly ColumnOption[];
  column: number | 'all' | undefined;
  /** The heading of the column that was read; empty if there is none. */
  columnName: string;
  choice: ColumnChoice | undefined;
}

/** A list read from its sources. */
export interface SourcesRead {
  list: IdList;
  parts: ListPart[];
}

/** Reading less than this takes a page some milliseconds at most. */
const LONG_ROWS = 1_000;
const LONG_TEXT = 20_000;

/**
 * Reads each source separately, because each has its own heading and columns, and joins the lists. An ID of an earlier
 * source is a duplicate. The list has no IDs until the column of each source is known. Line numbers continue from source
 * to source; {@link lineName} names them.
 */
export function readSources(
  sources: readonly ListSource[],
  take: ListOptions['take'] = undefined,
): SourcesRead {
  return runAtOnce(readSourcesInSteps(sources, take));
}

/** The same as {@link readSources}, in steps. */
export function* readSourcesInSteps(
  sources: readonly ListSource[],
  take: ListOptions['take'] = undefined,
): Steps<SourcesRead> {
  const read: PartRead[] = [];
  let linesBefore = 0;
  for (const [index, source] of sources.entries()) {
    const list = yield* readListInSteps(inputOf(source), { column: source.column, take });
    read.push({ list, part: partOf(source, list, linesBefore + 1) });
    yield;
    if (index < sources.length - 1) linesBefore += lineCount(source);
  }
  return { list: joinLists(read), parts: read.map(({ part }) => part) };
}

/** Whether the list of these sources may be so long that a page should read it in steps. */
export function areLongSources(sources: readonly ListSource[]): boolean {
  return sources.some((source) => {
    if ('sheet' in source) return source.sheet.rows.length > LONG_ROWS;
    return 'ids' in source ? source.ids.length > LONG_ROWS : source.text.length > LONG_TEXT;
  });
}

/** The joined text of the sources for the field. */
export function sourcesText(sources: readonly ListSource[]): string {
  return sources.map((source) => withLastBreak(sourceText(source))).join('');
}

/** The text of a source for the field. */
export function sourceText(source: ListSource): string {
  if ('ids' in source) return source.ids.join('\n');
  return 'text' in source ? source.text : sheetText(shownSheet(source));
}

/** The name of a line: its number. If the list has several files, the file's name and the number in it. */
export function lineName(parts: readonly ListPart[], line: number): number | string {
  if (parts.length < 2) return line;
  const part = parts.findLast(({ firstLine }) => firstLine <= line);
  const number = line - (part?.firstLine ?? 1) + 1;
  return part?.name === undefined ? number : `${part.name}:${number}`;
}

/** The number of hidden rows of a sheet. */
export function hiddenRowCount(sheet: Sheet): number {
  return sheet.rows.filter(({ hidden }) => hidden).length;
}

interface PartRead {
  list: IdList;
  part: ListPart;
}

function inputOf(source: ListSource): ListInput {
  return 'sheet' in source ? { sheet: shownSheet(source) } : source;
}

function shownSheet({ sheet, includeHidden }: SheetSource): Sheet {
  return includeHidden ? withHiddenRows(sheet) : sheet;
}

/** The part of a source. A choice of columns stays after the operator has chosen. */
function partOf(source: ListSource, list: IdList, firstLine: number): ListPart {
  const { name, choice } = source;
  if (list.ok) {
    const { columns, column, columnName } = list;
    return { name, firstLine, columns, column: source.column ?? column, columnName, choice };
  }
  const { problem } = list;
  const newChoice =
    problem.code === 'choose-column' ? { columns: problem.columns, mayTakeAll: problem.mayTakeAll } : choice;
  return { name, firstLine, columns: [], column: source.column, columnName: '', choice: newChoice };
}

/** The highest number that a reader may give to a line of a source. */
function lineCount(source: ListSource): number {
  if ('sheet' in source) return source.sheet.rows.at(-1)?.number ?? 0;
  return 'ids' in source ? source.ids.length : linesOf(source.text).length;
}

const DELIMITER = '\t';

function withLastBreak(text: string): string {
  return /[\r\n]$|^$/.test(text) ? text : `${text}\n`;
}

/** A sheet as tab-separated text with each row in the line of its number. Hidden rows are empty lines. */
function sheetText({ rows }: Sheet): string {
  const lines: string[][] = [];
  for (const { number, hidden, cells } of rows) {
    if (hidden) continue;
    while (lines.length < number - 1) lines.push([]);
    // Line breaks and tabs within a cell become spaces.
    lines.push(cells.map((cell) => cell?.text.replace(/\s+/g, ' ') ?? ''));
  }
  return lines.length === 0 ? '' : `${Papa.unparse(lines, { delimiter: DELIMITER, newline: '\n' })}\n`;
}

function joinLists(read: readonly PartRead[]): IdList {
  const [only] = read;
  if (only && read.length === 1) return only.list;
  const builder = new ListBuilder();
  for (const each of read) addTo(builder, each);
  const refused = unreadableOf(read, builder);
  if (refused) return refused;
  const names = new Set(read.map(({ part }) => part.columnName).filter((name) => name !== ''));
  const joined = builder.finish({ columns: [], column: undefined, columnName: [...names].join(', ') });
  if (!joined.ok) return joined;
  const elsewhere = read.flatMap(({ list }) => (list.ok ? list.alsoElsewhere : []));
  return { ...joined, alsoElsewhere: [...new Set([...elsewhere, ...joined.alsoElsewhere])] };
}

function addTo(builder: ListBuilder, { list, part }: PartRead): void {
  const before = part.firstLine - 1;
  for (const listed of list.ok ? list.lines : []) {
    const line = listed.line + before;
    if (listed.kind === 'refused') builder.reject(line, listed.text, listed.problem);
    else builder.add(line, listed.qrCodeId, listed.kind === 'valid' ? listed.note : undefined);
  }
  // The builder itself reports refused entries.
  for (const { line, text, isId, reason } of list.leftOut)
    if (!list.ok || reason.code !== 'problem') builder.leaveOut(line + before, text, isId, reason);
}

/** The problem of the whole list if a source is refused or needs a choice of columns. A source without IDs is no problem. */
function unreadableOf(read: readonly PartRead[], builder: ListBuilder): UnreadableList | undefined {
  const problems = read.flatMap(({ list }) => (list.ok ? [] : [list.problem]));
  const refusal = problems.find(({ code }) => code === 'too-many' || code === 'rich-text');
  if (refusal) return builder.unreadable(refusal);
  const choices = problems.filter((problem) => problem.code === 'choose-column');
  const [first] = choices;
  if (!first) return undefined;
  const ids = new Set([...builder.ids(), ...choices.flatMap((problem) => problem.ids)]);
  return builder.unreadable({ ...first, ids: [...ids] });
}

import Papa from 'papaparse';
import { ListBuilder } from './list-builder.ts';
import { linesOf } from './plain-text.ts';
import { type ListInput, type ListOptions, readList } from './read-list.ts';
import type { ColumnOption, IdList, UnreadableList } from './reading.ts';
import { type Sheet, withHiddenRows } from './sheet.ts';

/** The columns that the operator chooses from; with `mayTakeAll`, what they hold may be one list too. */
export interface ColumnChoice {
  columns: readonly ColumnOption[];
  mayTakeAll: boolean;
}

interface Source {
  /** The name of its file, if it comes from one. */
  name?: string;
  /** The file's place among those chosen with it. */
  place?: number;
  /** The column that the operator chose, by number from 0, or all of them. */
  column?: number | 'all';
  /** The columns that the operator is asked to choose from. */
  choice?: ColumnChoice | undefined;
}

/** A sheet that a list is read from. */
export interface SheetSource extends Source {
  name: string;
  sheet: Sheet;
  /** Whether rows that the spreadsheet doesn't show belong to the list. */
  includeHidden: boolean;
}

/** Text, or IDs that are known to be such. */
export type TextInput = Exclude<ListInput, { sheet: Sheet }>;

/** What a list, or a part of it, is read from. */
export type ListSource = SheetSource | (Source & TextInput);

/** What was read of one source. */
export interface ListPart {
  name: string | undefined;
  /** Its first line among those of all sources, from 1. */
  firstLine: number;
  /** All columns of a table; none if it is not one. */
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

/**
 * Reads each source by itself, so that each has its own heading and columns, and puts the lists together: an ID that
 * stands in an earlier source too is a duplicate. There are no IDs before the column of each source is known. The lines
 * of several sources are numbered throughout; {@link lineName} names them.
 */
export function readSources(
  sources: readonly ListSource[],
  take: ListOptions['take'] = undefined,
): SourcesRead {
  const read: PartRead[] = [];
  let linesBefore = 0;
  for (const source of sources) {
    const list = readList(inputOf(source), { column: source.column, take });
    read.push({ list, part: partOf(source, list, linesBefore + 1) });
    linesBefore += lineCount(source);
  }
  return { list: joinLists(read), parts: read.map(({ part }) => part) };
}

/** The text of the sources for the field, one behind the other. */
export function sourcesText(sources: readonly ListSource[]): string {
  return sources.map((source) => withLastBreak(sourceText(source))).join('');
}

/** What the field shows of a source. */
export function sourceText(source: ListSource): string {
  if ('ids' in source) return source.ids.join('\n');
  return 'text' in source ? source.text : sheetText(shownSheet(source));
}

/** How a line is called: by its number, or if the list comes from several files by the file's name and number in it. */
export function lineName(parts: readonly ListPart[], line: number): number | string {
  if (parts.length < 2) return line;
  const part = parts.findLast(({ firstLine }) => firstLine <= line);
  const number = line - (part?.firstLine ?? 1) + 1;
  return part?.name === undefined ? number : `${part.name}:${number}`;
}

/** How many rows of a sheet the spreadsheet doesn't show. */
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

/** If the column has to be chosen, the choice stays. */
function partOf(source: ListSource, list: IdList, firstLine: number): ListPart {
  const { name, choice } = source;
  if (list.ok) {
    const { columns, column, columnName } = list;
    return { name, firstLine, columns, column: source.column ?? column, columnName, choice };
  }
  const { problem } = list;
  const asked =
    problem.code === 'choose-column' ? { columns: problem.columns, mayTakeAll: problem.mayTakeAll } : choice;
  return { name, firstLine, columns: [], column: source.column, columnName: '', choice: asked };
}

/** As many lines as a reader may count in a source. */
function lineCount(source: ListSource): number {
  if ('sheet' in source) return source.sheet.rows.at(-1)?.number ?? 0;
  return 'ids' in source ? source.ids.length : linesOf(source.text).length;
}

/** Between the cells of a sheet. */
const DELIMITER = '\t';

function withLastBreak(text: string): string {
  return /[\r\n]$|^$/.test(text) ? text : `${text}\n`;
}

/** A sheet as rows with tabs, each in the line of its number. Hidden rows are empty lines. */
function sheetText({ rows }: Sheet): string {
  const lines: string[][] = [];
  for (const { number, hidden, cells } of rows) {
    if (hidden) continue;
    while (lines.length < number - 1) lines.push([]);
    // A row is one line, and a cell holds no delimiter.
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
  // Of an entry that was refused, the builder says so itself.
  for (const { line, text, isId, reason } of list.leftOut)
    if (!list.ok || reason.code !== 'problem') builder.leaveOut(line + before, text, isId, reason);
}

/** Nothing of the list may be used if a source can't be read, or waits for an answer. One without IDs keeps no other. */
function unreadableOf(read: readonly PartRead[], builder: ListBuilder): UnreadableList | undefined {
  const problems = read.flatMap(({ list }) => (list.ok ? [] : [list.problem]));
  const refusal = problems.find(({ code }) => code === 'too-many' || code === 'rich-text');
  if (refusal) return builder.unreadable(refusal);
  const asked = problems.filter((problem) => problem.code === 'choose-column');
  const [first] = asked;
  if (!first) return undefined;
  const ids = new Set([...builder.ids(), ...asked.flatMap((problem) => problem.ids)]);
  return builder.unreadable({ ...first, ids: [...ids] });
}

import { readAlone } from './alone.ts';
import { brokenParts } from './broken-lines.ts';
import { isJson, jsonRows } from './json.ts';
import { ListBuilder } from './list-builder.ts';
import { findPairs } from './pairs.ts';
import { decodeMail, isMarkup, isRichText, linesOf, type TextLine, textOfMarkup } from './plain-text.ts';
import { commentTest, readProse } from './prose.ts';
import { readRows } from './read-rows.ts';
import type { IdList } from './reading.ts';
import { resolveWords } from './resolve-words.ts';
import { findDelimiter, looksLikeId, namedDelimiter, type Row, splitRowsInSteps } from './rows.ts';
import { type Sheet, withHiddenRows } from './sheet.ts';
import { sheetRows } from './sheet-rows.ts';
import { forEachRow, runAtOnce, type Steps } from './steps.ts';
import { isStrongId } from './word.ts';

const PLAIN = /^[A-Z0-9]+$/;
/** The line break of Windows, and that of other systems. A lone `\r` stays in its word, which then is no plain ID. */
const WINDOWS_BREAK = /\r?\n/;
const WORDS_PER_STEP = 2_000;

/** The source of a list: a text, one sheet of a spreadsheet, or IDs from the gateway. */
export type ListInput = { text: string } | { sheet: Sheet } | { ids: readonly string[] };

export interface ListOptions {
  /** The index of the column that the operator has chosen, or all of them. */
  column?: number | 'all' | undefined;
  /** Left-out IDs that the operator includes in the list. */
  take?: ReadonlySet<string> | undefined;
  /** Whether hidden rows are read too. */
  withHidden?: boolean | undefined;
}

/**
 * Reads a list of IDs as a table if it is one, else as words, and checks the table against its words. Each word that
 * looks like an ID is in the list or left out with its line and a reason. If several columns may hold the IDs, the list
 * has no ID until the operator chooses one. A list of more than `MAX_IDS` IDs is refused as a whole.
 */
export function readList(input: ListInput, options: ListOptions = {}): IdList {
  return runAtOnce(readListInSteps(input, options));
}

/** The same as {@link readList}, in steps. */
export function* readListInSteps(input: ListInput, options: ListOptions = {}): Steps<IdList> {
  const builder = new ListBuilder(options.take);
  if ('ids' in input) {
    yield* forEachRow(input.ids, (qrCodeId, index) => builder.add(index + 1, qrCodeId));
    return builder.finish();
  }
  if ('sheet' in input) {
    const sheet = options.withHidden ? withHiddenRows(input.sheet) : input.sheet;
    const rows = sheetRows(sheet);
    yield;
    return yield* readRows(rows, [], builder, options);
  }
  return yield* readText(input.text, builder, options);
}

function* readText(text: string, builder: ListBuilder, options: ListOptions): Steps<IdList> {
  if (isRichText(text)) return builder.unreadable({ code: 'rich-text' });
  if (yield* readPlain(text, builder)) return builder.finish();
  const plain = linesOf(text);
  yield;
  const isPage = isMarkup(text);
  if (!isPage && readAlone(text, builder)) return builder.finish();
  yield;
  if (isJson(text)) return yield* readRows(jsonRows(plain), plain, builder, options);
  const lines = isPage ? textOfMarkup(text) : decodeMail(plain);
  yield;
  const broken = brokenParts(lines);
  yield;
  const rows = yield* tableOf(lines, broken.length > 0);
  return rows
    ? yield* readRows(yield* withComments(rows, lines), lines, builder, options)
    : yield* resolveWords(yield* readProse(lines), broken, lines, builder);
}

/** A shortcut for most long lists: one ID per line, all of the same form. The full reading gives the same result. */
function* readPlain(text: string, builder: ListBuilder): Steps<boolean> {
  const words = text.split(text.includes('\r') ? WINDOWS_BREAK : '\n');
  if (!words[0]) return false;
  for (let from = 0; from < words.length; from += WORDS_PER_STEP) {
    if (from > 0) yield;
    if (!areAlike(words, from, words[0].length)) return false;
  }
  for (let from = 0; from < words.length; from += WORDS_PER_STEP) {
    yield;
    addWords(words, from, builder);
  }
  return true;
}

/** Whether the words of a step from this index on are plain IDs of this length, or empty. */
function areAlike(words: readonly string[], from: number, length: number): boolean {
  const end = Math.min(words.length, from + WORDS_PER_STEP);
  for (let index = from; index < end; index += 1) {
    const word = words[index] as string;
    if (word !== '' && !(word.length === length && PLAIN.test(word) && isStrongId(word))) return false;
  }
  return true;
}

function addWords(words: readonly string[], from: number, builder: ListBuilder): void {
  const end = Math.min(words.length, from + WORDS_PER_STEP);
  for (let index = from; index < end; index += 1) {
    const word = words[index];
    if (word) builder.add(index + 1, word);
  }
}

/** An empty first cell before a semicolon, which is no comment sign in a table. */
const STARTS_EMPTY = /^\s*;/;

/** Marks commented-out rows, unless half of the rows or more have the sign: then it numbers or lists them. */
function* withComments(rows: readonly Row[], lines: readonly TextLine[]): Steps<readonly Row[]> {
  const isCommented = commentTest(lines);
  const commented = new Set(
    lines.filter(({ text }) => isCommented(text) && !STARTS_EMPTY.test(text)).map(({ line }) => line),
  );
  yield;
  if (commented.size === 0) return rows;
  const withIds = rows.filter(({ cells }) => cells.some(looksLikeId));
  const out = withIds.filter(({ line }) => commented.has(line));
  if (out.length * 2 >= withIds.length) return rows;
  return rows.map((row) => (out.includes(row) ? { ...row, comment: true } : row));
}

/** A condition of SQL. Its commas separate no cells. */
const NOT_IN = /\bnot\s+in\s*\(/i;

function* tableOf(lines: readonly TextLine[], isBroken: boolean): Steps<Row[] | undefined> {
  if (lines.some(({ text }) => NOT_IN.test(text))) return undefined;
  const named = namedDelimiter(lines);
  if (named)
    return yield* splitRowsInSteps(
      lines.filter(({ line }) => line !== named.line),
      named.delimiter,
    );
  const delimiter = findDelimiter(lines);
  yield;
  if (delimiter !== undefined) return yield* splitRowsInSteps(lines, delimiter);
  return isBroken ? undefined : yield* findPairs(lines);
}

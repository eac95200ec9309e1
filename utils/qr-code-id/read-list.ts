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
import { findDelimiter, looksLikeId, namedDelimiter, type Row, splitRows } from './rows.ts';
import { type Sheet, withHiddenRows } from './sheet.ts';
import { sheetRows } from './sheet-rows.ts';
import { isStrongId } from './word.ts';

const PLAIN = /^[A-Z0-9]+$/;

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
  const builder = new ListBuilder(options.take);
  if ('ids' in input) {
    for (const [index, qrCodeId] of input.ids.entries()) builder.add(index + 1, qrCodeId);
    return builder.finish();
  }
  if ('sheet' in input) {
    const sheet = options.withHidden ? withHiddenRows(input.sheet) : input.sheet;
    return readRows(sheetRows(sheet), [], builder, options);
  }
  return readText(input.text, builder, options);
}

function readText(text: string, builder: ListBuilder, options: ListOptions): IdList {
  if (isRichText(text)) return builder.unreadable({ code: 'rich-text' });
  if (readPlain(text, builder)) return builder.finish();
  const plain = linesOf(text);
  const isPage = isMarkup(text);
  if (!isPage && readAlone(text, builder)) return builder.finish();
  if (isJson(text)) return readRows(jsonRows(plain), plain, builder, options);
  const lines = isPage ? textOfMarkup(text) : decodeMail(plain);
  const broken = brokenParts(lines);
  const rows = tableOf(lines, broken.length > 0);
  return rows
    ? readRows(withComments(rows, lines), lines, builder, options)
    : resolveWords(readProse(lines), broken, lines, builder);
}

/** A shortcut for most long lists: one ID per line, all of the same form. The full reading gives the same result. */
function readPlain(text: string, builder: ListBuilder): boolean {
  const words = text.split('\n');
  const length = words[0]?.length ?? 0;
  const isAlike = (word: string) =>
    word === '' || (word.length === length && PLAIN.test(word) && isStrongId(word));
  if (length === 0 || !words.every(isAlike)) return false;
  for (let line = 1; line <= words.length; line += 1) {
    const word = words[line - 1];
    if (word) builder.add(line, word);
  }
  return true;
}

/** An empty first cell before a semicolon, which is no comment sign in a table. */
const STARTS_EMPTY = /^\s*;/;

/** Marks commented-out rows, unless half of the rows or more have the sign: then it numbers or lists them. */
function withComments(rows: readonly Row[], lines: readonly TextLine[]): readonly Row[] {
  const isCommented = commentTest(lines);
  const commented = new Set(
    lines.filter(({ text }) => isCommented(text) && !STARTS_EMPTY.test(text)).map(({ line }) => line),
  );
  if (commented.size === 0) return rows;
  const withIds = rows.filter(({ cells }) => cells.some(looksLikeId));
  const out = withIds.filter(({ line }) => commented.has(line));
  if (out.length * 2 >= withIds.length) return rows;
  return rows.map((row) => (out.includes(row) ? { ...row, comment: true } : row));
}

/** A condition of SQL. Its commas separate no cells. */
const NOT_IN = /\bnot\s+in\s*\(/i;

function tableOf(lines: readonly TextLine[], isBroken: boolean): Row[] | undefined {
  if (lines.some(({ text }) => NOT_IN.test(text))) return undefined;
  const named = namedDelimiter(lines);
  if (named)
    return splitRows(
      lines.filter(({ line }) => line !== named.line),
      named.delimiter,
    );
  const delimiter = findDelimiter(lines);
  if (delimiter !== undefined) return splitRows(lines, delimiter);
  return isBroken ? undefined : findPairs(lines);
}

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

/** What a list is read from: a text, one sheet of a spreadsheet, or IDs that are known to be such. */
export type ListInput = { text: string } | { sheet: Sheet } | { ids: readonly string[] };

export interface ListOptions {
  /** The column that the operator has chosen, or all of them. */
  column?: number | 'all' | undefined;
  /** What was left out and the operator wants in the list all the same. */
  take?: ReadonlySet<string> | undefined;
  /** Whether rows that the spreadsheet does not show are read as well. */
  withHidden?: boolean | undefined;
}

/**
 * Reads a list of IDs in two ways that have to agree: as words, whatever stands between them, and as a table if it is one.
 * Each word that looks like an ID ends up in the list, or among what was left out with the reason and its line. Where two
 * columns could be meant, no ID is given before one is chosen. A list of more IDs than are taken at once is refused whole.
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

/** Most long lists are this: one ID a line, all of them alike. What is read elsewhere would come to the same. */
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

/** A first cell without text, where other texts have a comment. */
const STARTS_EMPTY = /^\s*;/;

/** Marks the rows that a sign takes out, unless as many have it: then it counts or lists them. */
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

/** A condition of SQL, whose commas part no cells. */
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

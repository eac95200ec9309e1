import { readHeading } from './heading.ts';
import type { TextLine } from './plain-text.ts';
import { endsStep, runAtOnce, type Steps } from './steps.ts';
import { isStrongId, scanWord } from './word.ts';

/** One row of a table. */
export interface Row {
  /** The number of its first line, from 1. */
  line: number;
  cells: readonly string[];
  /** The kinds of cells that are no ID according to the file, by column. */
  marks?: ReadonlyMap<number, 'damaged' | 'date' | 'error' | 'formula'>;
  /** The spreadsheet or web page does not show it. */
  hidden?: boolean;
  /** It is commented out. */
  comment?: boolean;
}

/** The separator of cells. `spaces` are two or more spaces, as in aligned text. */
export type Delimiter = '\t' | ';' | '|' | ',' | '^' | 'spaces' | (string & {});

const DELIMITERS: readonly Delimiter[] = ['\t', ';', '|', ',', '^', 'spaces'];
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“' };
const HAS_QUOTE = /["'“„]/;
/** If a quoted cell has more lines, its quote has no end. */
const MAX_CELL_LINES = 40;
/** The number of lines that the delimiter is found from. */
const SAMPLED = 400;
const RULE = /^[\s|+:=─│┼├┤═║╬-]*[-=─═]{2,}[\s|+:=─│┼├┤═║╬-]*$/;

/** Whether a line draws the border of a table: `+----+----+`, `|---|---|`. */
export function isRule(text: string): boolean {
  return RULE.test(text);
}

/** The delimiter that a first line `sep=;` names for spreadsheet programs. */
export function namedDelimiter(
  lines: readonly TextLine[],
): { delimiter: Delimiter; line: number } | undefined {
  const first = lines.find(({ text }) => text.trim() !== '');
  const named = first && /^"?sep=(.)"?\s*$/i.exec(first.text)?.[1];
  return first && named ? { delimiter: named, line: first.line } : undefined;
}

/**
 * Finds the delimiter that gives the most IDs and headings as whole cells. Returns `undefined` if the text is no table but
 * a list of words or prose.
 */
export function findDelimiter(lines: readonly TextLine[]): Delimiter | undefined {
  const sample = lines.filter(({ text }) => text.trim() !== '' && !isRule(text)).slice(0, SAMPLED);
  let best: { delimiter: Delimiter; score: number } | undefined;
  for (const delimiter of DELIMITERS) {
    if (!sample.some(({ text }) => hasDelimiter(text, delimiter))) continue;
    const score = tableScore(splitRows(sample, delimiter), delimiter);
    if (score > 0 && (!best || score > best.score)) best = { delimiter, score };
  }
  return best?.delimiter;
}

function hasDelimiter(text: string, delimiter: Delimiter): boolean {
  return delimiter === 'spaces' ? /\S {2,}\S/.test(text) : text.includes(delimiter);
}

/** A score for the IDs and headings that are whole cells; 0 if the rows are no table. */
function tableScore(rows: readonly Row[], delimiter: Delimiter): number {
  const whole: number[] = [];
  let headings = 0;
  let idRows = 0;
  let parted = 0;
  let score = 0;
  let before: number | undefined;
  let alike = 0;
  let hasHeading = 0;
  let isUnderHeading = false;
  for (const { cells } of rows) {
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    const ids = cells.map((cell, column) => (isWholeId(cell) ? column : -1)).filter((column) => column >= 0);
    for (const column of ids) whole[column] = (whole[column] ?? 0) + 1;
    const hasId = ids.length > 0 || cells.some((cell) => looksLikeId(cell));
    if (hasId) {
      idRows += 1;
      if (before === cells.length) alike += 1;
      before = cells.length;
    }
    if (hasId && cells.length > 1) parted += 1;
    if (hasId && cells.length === hasHeading) isUnderHeading = true;
    if (!hasId && filled > 1 && cells.every(isShortHeading)) hasHeading = cells.length;
    score += ids.length * 4;
    if (filled > 1 && headings === 0 && !hasId) headings = clearHeadings(cells);
  }
  const most = whole.reduce((max, count) => Math.max(max, count ?? 0), 0);
  if (headings > 0) return score + alike + headings;
  // A single row of a spreadsheet has tabs or a heading above it. Words typed in a row have neither.
  const enough = parted >= 2 || (parted === 1 && (delimiter === '\t' || isUnderHeading));
  return enough && parted * 2 >= idRows && most * 10 >= idRows * 6 ? score + alike : 0;
}

/** Whether a cell is one or two words or a known heading, unlike parts of a sentence between commas. */
function isShortHeading(cell: string): boolean {
  const words = cell.trim();
  return /^[^\s\d.!?]+(?:\s[^\s\d.!?]+)?$/.test(words) || readHeading(words)?.isExact === true;
}

function clearHeadings(cells: readonly string[]): number {
  const kinds = cells.map((cell) => readHeading(cell.trim())?.kind);
  const named = kinds.filter((kind) => kind !== undefined).length;
  return kinds.some((kind) => kind === 'clear' || kind === 'qualified' || kind === 'weak') ? named : 0;
}

/** Whether a cell is exactly one ID. */
export function isWholeId(cell: string): boolean {
  const text = cell.trim();
  if (text === '' || text.length > 90 || !/\d/.test(text)) return false;
  if (isStrongId(text)) return true;
  if (/\s/.test(text.replace(/^[\p{L}_ ]{1,24}[:=]\s*/u, ''))) return false;
  const word = scanWord(text);
  return word.kind === 'id' && word.strength !== 'weak';
}

/** Whether a cell holds an ID, alone or among other words. */
export function looksLikeId(cell: string): boolean {
  return /\d/.test(cell) && cell.split(/[\s,;|^]+/).some((word) => isWholeId(word));
}

/**
 * Splits lines into rows of cells. If text follows a closing quote, as in `"Big" Bazaar Pune,500`, the quotes are part of
 * the text and join no lines. Empty lines and borders are left out.
 */
export function splitRows(lines: readonly TextLine[], delimiter: Delimiter): Row[] {
  return runAtOnce(splitRowsInSteps(lines, delimiter));
}

/** The same as {@link splitRows}, in steps. */
export function* splitRowsInSteps(lines: readonly TextLine[], delimiter: Delimiter): Steps<Row[]> {
  const rows: Row[] = [];
  const width = usualWidth(lines, delimiter);
  for (let at = 0; at < lines.length; ) {
    if (endsStep(rows.length)) yield;
    const { cells, next } = splitRow(lines, at, delimiter, width);
    const { line = 0, text = '', hidden } = lines[at] ?? {};
    if (cells.some((cell) => cell.trim() !== '') && !isRule(text))
      rows.push({ line, cells, ...(hidden ? { hidden } : {}) });
    at = next;
  }
  return rows;
}

/** The most frequent number of cells among lines without quotes. */
function usualWidth(lines: readonly TextLine[], delimiter: Delimiter): number {
  const counts = new Map<number, number>();
  for (const { text } of lines.slice(0, SAMPLED)) {
    if (HAS_QUOTE.test(text) || text.trim() === '') continue;
    const width = splitPlain(text, delimiter).length;
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  let usual = 0;
  for (const [width, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = width;
  return usual;
}

function splitPlain(text: string, delimiter: Delimiter): string[] {
  if (delimiter === 'spaces') return text.trim().split(/ {2,}/);
  return text.split(delimiter);
}

function splitRow(lines: readonly TextLine[], at: number, delimiter: Delimiter, width: number) {
  const text = lines[at]?.text ?? '';
  const plain = { cells: splitPlain(text, delimiter), next: at + 1 };
  if (!HAS_QUOTE.test(text) || delimiter === 'spaces') return plain;
  const quoted = splitQuoted(lines, at, delimiter);
  if (quoted.next > at + 1 && areRows(lines.slice(at, quoted.next), delimiter, width))
    return splitQuoted(lines, at, delimiter, 1);
  return quoted;
}

/**
 * Whether lines that a stray quote joins are rows: each has the usual width, and an ID in the same column after the quote.
 * A quoted note of several lines with an ID is no row.
 */
function areRows(lines: readonly TextLine[], delimiter: Delimiter, width: number): boolean {
  const rows = lines.map(({ text }) => splitPlain(text, delimiter));
  const [first = []] = rows;
  const quote = first.findIndex((cell) => HAS_QUOTE.test(cell));
  return first.some(
    (_, column) =>
      column > quote && rows.every((cells) => cells.length === width && isWholeId(cells[column] ?? '')),
  );
}

function splitQuoted(
  lines: readonly TextLine[],
  at: number,
  delimiter: Delimiter,
  maxLines = MAX_CELL_LINES,
): { cells: string[]; next: number } {
  const cells: string[] = [];
  let text = lines[at]?.text ?? '';
  let next = at + 1;
  for (let start = 0; ; ) {
    const open = skipSpaces(text, start, delimiter);
    const quote = QUOTES[text.charAt(open)];
    let end = quote === undefined ? undefined : closingQuote(text, open, quote, delimiter);
    if (end === 'open' && quote === '"') {
      const more = extend(lines, next, maxLines - (next - at), text, open, delimiter);
      if (more) {
        ({ text, next, end } = more);
      } else end = undefined;
    }
    if (typeof end === 'number') {
      cells.push(text.slice(open + 1, end).replaceAll(`${quote}${quote}`, String(quote)));
      const after = text.indexOf(delimiter, end);
      if (after < 0) break;
      start = after + delimiter.length;
    } else {
      const after = text.indexOf(delimiter, start);
      cells.push(after < 0 ? text.slice(start) : text.slice(start, after));
      if (after < 0) break;
      start = after + delimiter.length;
    }
  }
  return { cells, next };
}

function skipSpaces(text: string, from: number, delimiter: Delimiter): number {
  let at = from;
  while (text.charAt(at) !== delimiter && /[^\S\n]|\ufeff/.test(text.charAt(at))) at += 1;
  return at;
}

/**
 * The position of the closing quote of a cell, before a delimiter or at the end. `open` if there is no further quote,
 * `undefined` if text follows it, so that the quote is part of the text.
 */
function closingQuote(
  text: string,
  open: number,
  quote: string,
  delimiter: Delimiter,
): number | 'open' | undefined {
  for (let at = open + 1; ; ) {
    const close = text.indexOf(quote, at);
    if (close < 0) return 'open';
    if (text.charAt(close + 1) === quote && quote !== "'") {
      at = close + 2;
      continue;
    }
    const after = skipSpaces(text, close + 1, delimiter);
    if (after >= text.length || text.startsWith(delimiter, after)) return close;
    if (quote !== "'") return undefined;
    // `'Sai's Sweets'`: an apostrophe within single quotes.
    at = close + 1;
  }
}

/** Adds further lines to a quoted cell until its closing quote. */
function extend(
  lines: readonly TextLine[],
  from: number,
  maxLines: number,
  firstLine: string,
  open: number,
  delimiter: Delimiter,
): { text: string; next: number; end: number } | undefined {
  let text = firstLine;
  for (let next = from; next < lines.length && next < from + maxLines; next += 1) {
    const added = lines[next]?.text ?? '';
    text += `\n${added}`;
    if (!added.includes('"')) continue;
    const end = closingQuote(text, open, '"', delimiter);
    if (end === undefined) return undefined;
    if (typeof end === 'number') return { text, next: next + 1, end };
  }
  return undefined;
}

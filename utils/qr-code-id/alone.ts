import { hasForeignLabel } from './heading.ts';
import { parseQrCodeId, stripSurroundings, validateId } from './id.ts';
import type { ListBuilder } from './list-builder.ts';
import { isDate } from './non-id-patterns.ts';
import { linesOf } from './plain-text.ts';
import { isNoId, isStrongId, scanWord } from './word.ts';

const WHITESPACE_EXCEPT_TAB = /(?!\ufeff)[^\S\t]/;
const STATUS = /^(?:active|cancelled)$/i;
const WORD_OF_LETTERS = /^[A-Z]?[a-z]+$/;
const MIN_LENGTH = 6;

/**
 * Reads a text of one word and adds it to the list as an ID, a refused text or a left-out word. Ignores quotes, brackets
 * and labels around the word. Returns false if the text has more than one word.
 */
export function readAlone(text: string, builder: ListBuilder): boolean {
  const bare = stripSurroundings(text);
  if (
    text.trim() === '' ||
    (bare === '' && /[\n\r]/.test(text)) ||
    WHITESPACE_EXCEPT_TAB.test(bare) ||
    hasForeignLabel(text) ||
    isDelimited(bare)
  )
    return false;
  // Blank lines may precede it.
  const line = Math.max(1, linesOf(text).findIndex((each) => each.text.trim() !== '') + 1);
  const word = scanWord(text.trim());
  const read = word.kind === 'none' || word.kind === 'damaged' ? scanWord(bare) : word;
  if (read.kind === 'ids') return false;
  if (read.kind === 'other') for (const each of read.texts) builder.leaveOut(line, each, true, read.reason);
  else if (read.kind === 'damaged') builder.reject(line, read.text, read.problem);
  else if (isDate(bare)) builder.reject(line, bare, { code: 'no-id' });
  else if (isNoId(bare) && !/\d/.test(bare)) builder.leaveOut(line, bare, false, { code: 'word' });
  else if (read.kind === 'id') builder.add(line, read.qrCodeId, read.note);
  else {
    const parsed = parseQrCodeId(bare === '' ? text : bare);
    if (parsed.ok) builder.add(line, parsed.qrCodeId);
    else builder.reject(line, bare, parsed.problem);
  }
  return true;
}

/** Whether a text holds several cells, list items or JSON, rather than one ID with a tab or comma inside. */
function isDelimited(bare: string): boolean {
  const cells = bare.split(/[\t,;|]/).map(stripSurroundings);
  if (cells.length === 1) return false;
  const isSure = (cell: string) => cell.length >= MIN_LENGTH && isStrongId(cell);
  if (cells.every(isSure) || /["']\s*:/.test(bare)) return true;
  const others = cells.filter((cell) => !isSure(cell));
  const isUnlike = (cell: string) =>
    STATUS.test(cell) || WORD_OF_LETTERS.test(cell) || validateId(cell)?.code === 'bad-character';
  return bare.includes('\t') && others.length < cells.length && (cells.length > 2 || others.every(isUnlike));
}

import { exclusionsOf, mayExclude } from './exclusions.ts';
import { hasForeignLabel, readHeading } from './heading.ts';
import { TOTAL_WORDS } from './heading-words.ts';
import { type IdProblem, parseQrCodeId } from './id.ts';
import type { IdNote, LeftOutReason } from './reading.ts';
import { isIdLike, isNoId, isStrongId, scanWord } from './word.ts';

/** The content of a cell in the column of IDs. */
export type Cell =
  | { kind: 'blank' }
  | { kind: 'ids'; found: { qrCodeId: string; note?: IdNote }[] }
  | { kind: 'refused'; text: string; problem: IdProblem }
  /** `texts` are the IDs in the cell, if any. */
  | { kind: 'left-out'; texts: string[]; reason: LeftOutReason };

/** `="QR26…"`: a formula that keeps a spreadsheet from converting a text. */
const FORMULA_TEXT = /^=\s*"((?:[^"]|"")*)"$/;
const HYPERLINK = /^=\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)$/i;
const SEPARATED = /^[\s,;|/&+]*$/;
/** `1.`, `a)`, `•`: the numbering or bullets of a list. */
const NUMBERING = /^(?:\(?\d{1,6}[.)]|[a-z][.)]|[-–—•*·>✓✔☐☑#]+)$/i;

/** The text that a spreadsheet shows for a cell, such as the quoted text of `="…"`, and the link of `=HYPERLINK(…)`. */
export function shownText(cell: string): { text: string; link?: string } {
  const trimmed = cell.trim();
  if (!trimmed.startsWith('=')) return { text: trimmed };
  const text = FORMULA_TEXT.exec(trimmed)?.[1];
  if (text !== undefined) return { text: text.replaceAll('""', '"') };
  const link = HYPERLINK.exec(trimmed);
  return link?.[1] === undefined ? { text: trimmed } : { text: link[2] ?? link[1], link: link[1] };
}

/**
 * Reads a cell of the column of IDs. If the operator has chosen the column, `trusted` is set: then an ID with the form of
 * another thing's ID is taken too.
 */
export function readCell(cell: string, trusted: boolean): Cell {
  const { text, link } = shownText(cell);
  if (text === '') return { kind: 'blank' };
  if (isStrongId(text) && link === undefined) return { kind: 'ids', found: [{ qrCodeId: text }] };
  if (TOTAL_WORDS.test(text)) return { kind: 'left-out', texts: [], reason: { code: 'total' } };
  if (readHeading(text)?.kind === 'clear')
    return { kind: 'left-out', texts: [], reason: { code: 'heading' } };
  const words = text.split(/\s+/).filter((word) => !NUMBERING.test(word) && word !== '');
  const read = words.length === 1 ? readOne(words[0] ?? '', trusted) : readSeveral(text, trusted);
  return link === undefined ? read : besideLink(read, link);
}

function readOne(text: string, trusted: boolean): Cell {
  const bare = text.replace(/^['’‘]+|[,;]+$/g, '');
  if (isNoId(bare))
    return { kind: 'left-out', texts: [], reason: { code: bare.match(/^[a-z]+$/i) ? 'word' : 'no-value' } };
  const word = scanWord(text);
  switch (word.kind) {
    case 'id':
      if (word.strength === 'weak' && isNoId(word.qrCodeId))
        return { kind: 'left-out', texts: [], reason: { code: 'word' } };
      if (word.cut) return { kind: 'refused', text, problem: { code: 'cut-off' } };
      return { kind: 'ids', found: [withNote(word)] };
    case 'ids':
      return { kind: 'ids', found: word.qrCodeIds.map((qrCodeId) => ({ qrCodeId })) };
    case 'other':
      return trusted && word.reason.code === 'form' && word.texts.length === 1
        ? { kind: 'ids', found: word.texts.map((qrCodeId) => ({ qrCodeId })) }
        : { kind: 'left-out', texts: word.texts, reason: word.reason };
    case 'damaged':
      return { kind: 'refused', text, problem: word.problem };
    case 'none':
      return refusedOf(text);
  }
}

function withNote({ qrCodeId, note }: { qrCodeId: string; note?: IdNote }) {
  return note ? { qrCodeId, note } : { qrCodeId };
}

function refusedOf(text: string): Cell {
  const parsed = parseQrCodeId(text);
  return parsed.ok
    ? { kind: 'ids', found: [{ qrCodeId: parsed.qrCodeId }] }
    : { kind: 'refused', text, problem: parsed.problem };
}

/** A cell of several words: a label and an ID, an ID and a remark, or IDs with separators. */
function readSeveral(text: string, trusted: boolean): Cell {
  const alone = parseQrCodeId(text);
  if (alone.ok && !hasForeignLabel(text)) return readOne(alone.qrCodeId, trusted);
  const found: { qrCodeId: string; note?: IdNote }[] = [];
  const others: string[] = [];
  let reason: LeftOutReason | undefined;
  let rest = '';
  for (const raw of text.split(/[\s,;|]+/)) {
    const word = scanWord(raw);
    if (word.kind === 'id' && word.strength === 'strong') found.push(withNote(word));
    else if (word.kind === 'ids') found.push(...word.qrCodeIds.map((qrCodeId) => ({ qrCodeId })));
    else if (word.kind === 'other') {
      others.push(...word.texts);
      reason ??= word.reason;
    } else if (word.kind === 'damaged' && (word.surely || isIdLike(word.text)))
      return { kind: 'refused', text, problem: word.problem };
    else if (!SEPARATED.test(raw) && !NUMBERING.test(raw)) rest += raw;
  }
  const exclusion = found.length > 0 && rest !== '' ? excludedIn(text, found) : undefined;
  if (exclusion !== undefined)
    return {
      kind: 'left-out',
      texts: found.map(({ qrCodeId }) => qrCodeId),
      reason: { code: 'excluded', text: exclusion },
    };
  if (found.length > 1 && rest !== '')
    return {
      kind: 'left-out',
      texts: found.map(({ qrCodeId }) => qrCodeId),
      reason: { code: 'several-in-cell' },
    };
  if (found.length > 0) return { kind: 'ids', found };
  if (reason) return { kind: 'left-out', texts: others, reason };
  return { kind: 'left-out', texts: [], reason: { code: 'word' } };
}

/** The words of a cell that say not to cancel its IDs, if any. */
function excludedIn(text: string, found: readonly { qrCodeId: string }[]): string | undefined {
  if (!mayExclude(text)) return undefined;
  const spans = found.map(({ qrCodeId }) => {
    const from = text.indexOf(qrCodeId);
    return { from, to: from + qrCodeId.length };
  });
  return exclusionsOf(text, spans).find((each) => each && !each.isDoubtful)?.quote;
}

/** Leaves both IDs out if the link of a cell names another ID than its text. */
function besideLink(cell: Cell, link: string): Cell {
  const behind = scanWord(link);
  if (cell.kind !== 'ids' || behind.kind !== 'id') return cell;
  const shown = cell.found.map(({ qrCodeId }) => qrCodeId);
  if (shown.includes(behind.qrCodeId)) return cell;
  return { kind: 'left-out', texts: [...shown, behind.qrCodeId], reason: { code: 'link-differs' } };
}

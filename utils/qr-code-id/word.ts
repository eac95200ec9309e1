import { withoutDecoration } from './decoration.ts';
import { hasForeignLabel } from './heading.ts';
import { LETTER_WORDS, NO_VALUE } from './heading-words.ts';
import { type IdProblem, isQrCodeId, marksAround, stripSurroundings, validateId } from './id.ts';
import { isUrl, readLink } from './id-in-url.ts';
import { otherThing } from './known-forms.ts';
import { isDate, isKnownNonId, isKnownNonIdFragment, isKnownNonIdNumber } from './non-id-patterns.ts';
import type { IdNote, LeftOutReason } from './reading.ts';

/**
 * How surely a word is an ID: `strong` has letters and digits, `number` only digits, `weak` may be one where an ID is
 * meant to stand, but is a word or an amount elsewhere.
 */
export type Strength = 'strong' | 'number' | 'weak';

/** What a word is, as far as the word itself tells. */
export type Word =
  | {
      kind: 'id';
      qrCodeId: string;
      strength: Strength;
      note?: IdNote;
      /** An ellipsis stands behind it: a narrow column shows only the beginning of an ID like this. */
      cut?: true;
    }
  /** Several IDs with nothing but signs between them. */
  | { kind: 'ids'; qrCodeIds: string[] }
  /** Surely something else, though it has the form of an ID. */
  | { kind: 'other'; texts: string[]; reason: LeftOutReason }
  /** An ID but for what has happened to it. `surely`: an amount or a time does not look like this. */
  | { kind: 'damaged'; text: string; problem: IdProblem; surely: boolean }
  | { kind: 'none' };

/** Prose is full of short words with a digit (`22nd`, `10am`); only an id in a place of its own may be shorter. */
const MIN_LENGTH = 6;
const PLAIN = /^[A-Z0-9]+$/;
const HAS_DIGIT = /\d/;
const HAS_LETTER = /[A-Za-z]/;
const DIGITS = /^\d+$/;
/** `Counter1`, `gate12`: the name of a place. */
const NAME_WITH_NUMBER = /^[A-Z]?[a-z]{2,}[-_]?\d{1,3}$/;
const LETTERS = /^[A-Z]?[a-z]+$/;
/** `MAR-26`, `26-Mar`, `SEP2`: what spreadsheets make dates of, or have made of one. */
const MONTH_ID =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[-\s]?\d{1,2}$|^\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)$/i;
/** Languages of India hang the ending of a case on to a word: `QR26ABCDEFGHJ1ஐ`. */
const CASE_ENDING =
  /[\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gurmukhi}\p{Script=Oriya}]+$/u;
/** `[Gate 1](https://…)`, `Link:https://…`. */
const LINK_WITHIN = /(?:https?|upi):\/\/.+$/i;
const UNUSUAL_CHARACTER = /[^ -~₹–—…•·×→✓“”‘’]/u;
/** What people put between two IDs without a space. */
const SEPARATORS = /->|=>|[/+&→]/;
const FILE_ENDING = /\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|csv|txt)$/i;
/** How this extension and others name the image of a code. */
const FILE_BEGINNING = /^qr[-_]?(?:code)?[-_](?=[A-Za-z0-9])/i;
/** How spreadsheet programs write a line break or tab that a cell ends in: `_x000D_`. */
const ESCAPED_SPACE = /_x00(?:0[9AD]|20|A0)_/i;
const ESCAPED_SPACE_AT_END = /^(?:_x00(?:0[9AD]|20|A0)_)+|(?:_x00(?:0[9AD]|20|A0)_)+$/gi;
/** `1.QR26…`, `-QR26…`: what counts the rows of a list, without a space behind it. */
const NUMBERED = /^(?:\d{1,4}[.)]|-)(?=[A-Z][A-Z0-9]{7,}$)/;
const CUT = /(?:…|\.{2,})["'”’)\]]*$/;
/** What stands in place of a part that is not shown. */
const MASK = /…|\.{2,}|\*{2,}/;
/** `QR26…<https://…>`, `[QR26…](https://…)`: how mail programs and chats write a link with its text. */
const TEXT_AND_LINK = /^\[?([\w-]+)(?:\]\(|<)((?:https?:\/\/|www\.)[^\s<>]+)$/i;
/** A label that is part of the word. */
const INLINE_LABEL = /^["'“({[]*[^:=#\s]{0,40}["'”]?[:=#](?=.*[\p{L}\p{N}])/u;
/** As an ID that another ID is hung on to: no sum, no time. */
const NOTHING: Word = { kind: 'none' };

/** No date, amount or ID of another thing begins with these letters, but PAN and IFSC may. */
const UNMISTAKABLE = /^[GHLQWXYZ](?=[A-Z]*\d)[A-Z0-9]{5,63}$/;
const TAX_NUMBER_LENGTHS: ReadonlySet<number> = new Set([10, 11]);

/** Whether a word has letters and digits and is nothing that is known to be another thing. */
export function isStrongId(word: string): boolean {
  // Most words of a long list are this; what follows would come to the same.
  if (UNMISTAKABLE.test(word) && !TAX_NUMBER_LENGTHS.has(word.length)) return true;
  return (
    word.length >= MIN_LENGTH &&
    HAS_DIGIT.test(word) &&
    HAS_LETTER.test(word) &&
    isQrCodeId(word) &&
    !isWrapped(word) &&
    !isKnownNonId(word) &&
    !NAME_WITH_NUMBER.test(word) &&
    !MONTH_ID.test(word) &&
    otherThing(word) === undefined
  );
}

/** Signs of italics, of a list or of a spreadsheet program, which an ID may have too. */
function isWrapped(word: string): boolean {
  return isRange(word) || /^_.*_$/.test(word) || NUMBERED.test(word) || ESCAPED_SPACE.test(word);
}

/** Reads one word, with the quotes, brackets and signs that stand around it. */
export function scanWord(raw: string): Word {
  // Most words of a long list are this; what follows would come to the same.
  if (PLAIN.test(raw) && isStrongId(raw)) return { kind: 'id', qrCodeId: raw, strength: 'strong' };
  if (!HAS_DIGIT.test(raw) && !HAS_LETTER.test(raw) && !UNUSUAL_CHARACTER.test(raw)) return NOTHING;
  const decorated = readDecorated(raw);
  if (decorated) return decorated;
  const read = readBare(withoutEndings(stripSurroundings(raw)), raw);
  // A label without a space behind it has been taken off: `ORDER_ID=A1B2C3D4E5`.
  if (read.kind !== 'id' || read.strength === 'weak' || !/[:=#]/.test(raw) || isUrl(stripSurroundings(raw)))
    return read;
  if (!hasForeignLabel(raw)) return read;
  return {
    kind: 'other',
    texts: [read.qrCodeId],
    reason: { code: 'label', label: ownLabel(raw).slice(0, -1) },
  };
}

/** An ID with signs around it that are no part of one, such as `✅`, `%20` or `&nbsp;`. */
function readDecorated(raw: string): Word | undefined {
  const bare = stripSurroundings(raw);
  const found = isUrl(bare) ? undefined : withoutDecoration(bare);
  if (!found) return undefined;
  const qrCodeId = stripSurroundings(found.text);
  const note: IdNote = { code: 'decoration', text: found.decoration };
  if (/[:=#]/.test(found.text) && hasForeignLabel(found.text))
    return isStrongId(qrCodeId)
      ? {
          kind: 'other',
          texts: [qrCodeId],
          reason: { code: 'label', label: ownLabel(found.text).slice(0, -1) },
        }
      : undefined;
  if (isStrongId(qrCodeId)) return { kind: 'id', qrCodeId, strength: 'strong', note };
  return DIGITS.test(qrCodeId) && !isKnownNonIdNumber(qrCodeId)
    ? { kind: 'id', qrCodeId, strength: 'number', note }
    : undefined;
}

/** What stands before `:`, `=` or `#` in the word itself; empty if nothing does. */
export function ownLabel(word: string): string {
  return isUrl(stripSurroundings(word)) ? '' : (INLINE_LABEL.exec(word)?.[0] ?? '');
}

function readBare(bare: string, raw: string): Word {
  if (bare === '') return NOTHING;
  if (isUrl(bare)) return readLinkWord(bare);
  const linked = TEXT_AND_LINK.exec(bare);
  if (linked) return readBesideLink(linked[1] ?? '', linked[2] ?? '', raw);
  const link = LINK_WITHIN.exec(bare)?.[0];
  if (link !== undefined) return readLinkWord(stripSurroundings(link));
  if (bare.includes('@')) return readAddress(bare);
  const problem = validateId(bare);
  if (ESCAPED_SPACE.test(bare))
    return { kind: 'damaged', text: bare, problem: { code: 'bad-character', character: '\r' }, surely: true };
  if (!problem && isRange(bare)) return { kind: 'ids', qrCodeIds: bare.split('-') };
  if (!problem) return readIdLike(bare, raw);
  const file = FILE_ENDING.test(bare) ? bare.replace(FILE_ENDING, '') : '';
  if (file && isQrCodeId(file)) {
    const named = file.replace(FILE_BEGINNING, '');
    return readIdLike(isStrongId(named) ? named : file, raw);
  }
  const parts = bare.split(SEPARATORS);
  if (parts.length > 1 && parts.every(isStrongId)) return { kind: 'ids', qrCodeIds: parts };
  return { kind: 'damaged', text: bare, problem, surely: isSurelyDamaged(bare, problem) };
}

/** Two IDs of one form with a hyphen between them are a range, or two that have run together. */
function isRange(word: string): boolean {
  const half = (word.length - 1) / 2;
  if (word.charAt(half) !== '-') return false;
  const [first, second] = [word.slice(0, half), word.slice(half + 1)];
  return (
    PLAIN.test(first) && isStrongId(first) && isStrongId(second) && first.slice(0, 4) === second.slice(0, 4)
  );
}

/** A text with the link behind it: if they name different IDs, neither is sure. */
function readBesideLink(text: string, link: string, raw: string): Word {
  const shown = readIdLike(text, raw);
  const behind = readLinkWord(link);
  if (shown.kind !== 'id' || shown.strength !== 'strong') return behind;
  if (behind.kind !== 'id' && behind.kind !== 'other') return shown;
  const texts = behind.kind === 'id' ? [behind.qrCodeId] : behind.texts;
  if (texts.includes(text)) return shown;
  return { kind: 'other', texts: [text, ...texts], reason: { code: 'link-differs' } };
}

function readIdLike(bare: string, raw: string): Word {
  const thing = otherThing(bare);
  if (thing) return { kind: 'other', texts: [bare], reason: { code: 'form', thing } };
  if (MONTH_ID.test(bare))
    return { kind: 'damaged', text: bare, problem: { code: 'spreadsheet-date' }, surely: false };
  const [character] = marksAround(raw);
  const note: { note?: IdNote; cut?: true } =
    character === undefined ? {} : { note: { code: 'mark', character } };
  if (CUT.test(raw)) note.cut = true;
  if (isStrongId(bare)) return { kind: 'id', qrCodeId: bare, strength: 'strong', ...note };
  if (DIGITS.test(bare) && !isKnownNonIdNumber(bare))
    return { kind: 'id', qrCodeId: bare, strength: 'number', ...note };
  return { kind: 'id', qrCodeId: bare, strength: 'weak', ...note };
}

function readLinkWord(bare: string): Word {
  // A link's reader drops control characters without a word.
  if (/\p{Cc}/u.test(bare)) return NOTHING;
  const link = readLink(bare, isQrCodeId);
  if (link.kind === 'id')
    return {
      kind: 'id',
      qrCodeId: link.qrCodeId,
      strength: 'strong',
      ...(link.inUpi ? { note: { code: 'upi' } } : {}),
    };
  if (link.kind === 'none')
    return { kind: 'damaged', text: bare, problem: { code: 'link-without-id' }, surely: false };
  const { host } = link;
  const code = link.why === 'several' ? 'several-in-link' : 'link';
  return { kind: 'other', texts: link.offered, reason: { code, host } };
}

/** An e-mail or UPI address; its first part may look like an ID. */
function readAddress(bare: string): Word {
  const [before = '', after = ''] = bare.split('@');
  // `@QR26…`: how chats mark a name.
  const name = before === '' ? after : before;
  return isStrongId(name) && name === name.toUpperCase()
    ? { kind: 'other', texts: [name], reason: { code: 'form', thing: 'address' } }
    : NOTHING;
}

/**
 * Takes off what languages and chats hang on to a word: an ending of a case, and strokes for italics
 * (`_QR26ABCDEFGHJ1_`). Digits of other scripts stay, since they may be part of a damaged ID.
 */
function withoutEndings(text: string): string {
  const bare = text
    .replace(/['’]s$/, '')
    .replace(ESCAPED_SPACE_AT_END, '')
    .replace(NUMBERED, '');
  const ending = CASE_ENDING.exec(bare)?.[0] ?? '';
  const word =
    ending === '' || /\p{N}/u.test(ending) ? bare : bare.slice(0, -ending.length).replace(/[-'’]$/, '');
  if (word !== bare && isStrongId(word)) return word;
  const inner = /^(_{1,2})([^_].*[^_])\1$/.exec(bare)?.[2];
  return inner !== undefined && isStrongId(inner) ? inner : bare;
}

/** A word that would pass for an id but for what happened to it: it must not go by unnoticed. */
function isSurelyDamaged(bare: string, problem: IdProblem): boolean {
  if (problem.code === 'spreadsheet-number') return true;
  return isIdLike(bare) && (UNUSUAL_CHARACTER.test(bare) || MASK.test(bare));
}

/** Whether a damaged text may be an id where one is meant to stand. */
export function isIdLike(bare: string): boolean {
  return (
    bare.length >= MIN_LENGTH && HAS_DIGIT.test(bare) && HAS_LETTER.test(bare) && !isKnownNonIdFragment(bare)
  );
}

/** Whether a text stands where an ID should and surely is none: `#N/A`, `Thanks`, a date. */
export function isNoId(bare: string): boolean {
  return NO_VALUE.test(bare) || LETTERS.test(bare) || LETTER_WORDS.has(bare.toLowerCase()) || isDate(bare);
}

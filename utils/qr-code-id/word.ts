import { withoutDecoration } from './decoration.ts';
import { hasForeignLabel } from './heading.ts';
import { LETTER_WORDS, NO_VALUE } from './heading-words.ts';
import { type IdProblem, isQrCodeId, marksAround, stripSurroundings, validateId } from './id.ts';
import { isUrl, readLink } from './id-in-url.ts';
import { otherThing } from './known-forms.ts';
import { isDate, isKnownNonId, isKnownNonIdFragment, isKnownNonIdNumber } from './non-id-patterns.ts';
import type { IdNote, LeftOutReason } from './reading.ts';

/**
 * The confidence that a word is an ID. `strong`: it has letters and digits. `number`: it has only digits. `weak`: it is
 * one only if an ID is expected, and otherwise a word or an amount.
 */
export type Strength = 'strong' | 'number' | 'weak';

/** The reading of a word without its context. */
export type Word =
  | {
      kind: 'id';
      qrCodeId: string;
      strength: Strength;
      note?: IdNote;
      /** An ellipsis follows, as if a narrow column shows only the beginning of an ID. */
      cut?: true;
    }
  /** Several IDs with only signs between them. */
  | { kind: 'ids'; qrCodeIds: string[] }
  /** The ID of another thing, or one that may be. */
  | { kind: 'other'; texts: string[]; reason: LeftOutReason }
  /** A damaged ID. `surely`: it can't be an amount or a time. */
  | { kind: 'damaged'; text: string; problem: IdProblem; surely: boolean }
  | { kind: 'none' };

/** The minimum length of an ID in prose, which has many short words with a digit: `22nd`, `10am`. */
const MIN_LENGTH = 6;
const PLAIN = /^[A-Z0-9]+$/;
const HAS_DIGIT = /\d/;
const HAS_LETTER = /[A-Za-z]/;
const DIGITS = /^\d+$/;
/** `Counter1`, `gate12`: the name of a place. */
const NAME_WITH_NUMBER = /^[A-Z]?[a-z]{2,}[-_]?\d{1,3}$/;
const LETTERS = /^[A-Z]?[a-z]+$/;
/** `MAR-26`, `26-Mar`, `SEP2`: IDs that spreadsheets convert to dates, or the results. */
const MONTH_ID =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[-\s]?\d{1,2}$|^\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)$/i;
/** A case ending, which Indian languages append to a word: `QR26ABCDEFGHJ1ஐ`. */
const CASE_ENDING =
  /[\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gurmukhi}\p{Script=Oriya}]+$/u;
/** `[Gate 1](https://…)`, `Link:https://…`. */
const LINK_WITHIN = /(?:https?|upi):\/\/.+$/i;
const UNUSUAL_CHARACTER = /[^ -~₹–—…•·×→✓“”‘’]/u;
/** Separators of IDs without spaces. */
const SEPARATORS = /->|=>|[/+&→]/;
const FILE_ENDING = /\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|csv|txt)$/i;
/** The prefix of file names of QR code images, from this extension and others. */
const FILE_BEGINNING = /^qr[-_]?(?:code)?[-_](?=[A-Za-z0-9])/i;
/** A line break or tab as spreadsheet programs escape it: `_x000D_`. */
const ESCAPED_SPACE = /_x00(?:0[9AD]|20|A0)_/i;
const ESCAPED_SPACE_AT_END = /^(?:_x00(?:0[9AD]|20|A0)_)+|(?:_x00(?:0[9AD]|20|A0)_)+$/gi;
/** The numbering or bullet of a list without a space after it: `1.QR26…`, `-QR26…`. */
const NUMBERED = /^(?:\d{1,4}[.)]|-)(?=[A-Z][A-Z0-9]{7,}$)/;
const CUT = /(?:…|\.{2,})["'”’)\]]*$/;
/** The replacement of a hidden part of an ID. */
const MASK = /…|\.{2,}|\*{2,}/;
/** A link with its text, as mail programs and chats write it: `QR26…<https://…>`, `[QR26…](https://…)`. */
const TEXT_AND_LINK = /^\[?([\w-]+)(?:\]\(|<)((?:https?:\/\/|www\.)[^\s<>]+)$/i;
/** A label within the word. */
const INLINE_LABEL = /^["'“({[]*[^:=#\s]{0,40}["'”]?[:=#](?=.*[\p{L}\p{N}])/u;
const NOTHING: Word = { kind: 'none' };

/** Words with a first letter of no date, amount or ID of another thing. PAN and IFSC may begin with it too. */
const UNMISTAKABLE = /^[GHLQWXYZ](?=[A-Z]*\d)[A-Z0-9]{5,63}$/;
const TAX_NUMBER_LENGTHS: ReadonlySet<number> = new Set([10, 11]);

/** Whether a word has letters and digits and no form of another thing. */
export function isStrongId(word: string): boolean {
  // A shortcut for most words of a long list. The full check gives the same result.
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

/** Whether a word is a range or has signs of italics, list numbering or escapes, which may also be part of an ID. */
function isWrapped(word: string): boolean {
  return isRange(word) || /^_.*_$/.test(word) || NUMBERED.test(word) || ESCAPED_SPACE.test(word);
}

/** Reads one word with the quotes, brackets and signs around it. */
export function scanWord(raw: string): Word {
  // A shortcut for most words of a long list. The full check gives the same result.
  if (PLAIN.test(raw) && isStrongId(raw)) return { kind: 'id', qrCodeId: raw, strength: 'strong' };
  if (!HAS_DIGIT.test(raw) && !HAS_LETTER.test(raw) && !UNUSUAL_CHARACTER.test(raw)) return NOTHING;
  const decorated = readDecorated(raw);
  if (decorated) return decorated;
  const read = readBare(withoutEndings(stripSurroundings(raw)), raw);
  // `stripSurroundings` removed a label without a space after it: `ORDER_ID=A1B2C3D4E5`.
  if (read.kind !== 'id' || read.strength === 'weak' || !/[:=#]/.test(raw) || isUrl(stripSurroundings(raw)))
    return read;
  if (!hasForeignLabel(raw)) return read;
  return {
    kind: 'other',
    texts: [read.qrCodeId],
    reason: { code: 'label', label: ownLabel(raw).slice(0, -1) },
  };
}

/** Reads an ID with decoration around it, such as `✅`, `%20` or `&nbsp;`; `undefined` if there is none. */
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

/** The label within a word, up to `:`, `=` or `#`; empty if there is none. */
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

/** Whether a word is two IDs of one form with a hyphen between them: a range, or IDs without a space. */
function isRange(word: string): boolean {
  const half = (word.length - 1) / 2;
  if (word.charAt(half) !== '-') return false;
  const [first, second] = [word.slice(0, half), word.slice(half + 1)];
  return (
    PLAIN.test(first) && isStrongId(first) && isStrongId(second) && first.slice(0, 4) === second.slice(0, 4)
  );
}

/** Reads a text and its link. If they name different IDs, both are left out. */
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
  // `URL.parse` drops control characters silently.
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

/** Reads an e-mail or UPI address. Its first part may look like an ID. */
function readAddress(bare: string): Word {
  const [before = '', after = ''] = bare.split('@');
  // `@QR26…` is a mention in a chat.
  const name = before === '' ? after : before;
  return isStrongId(name) && name === name.toUpperCase()
    ? { kind: 'other', texts: [name], reason: { code: 'form', thing: 'address' } }
    : NOTHING;
}

/**
 * Removes case endings, numbering, escaped spaces and underscores for italics (`_QR26ABCDEFGHJ1_`). Digits of other
 * scripts stay, because they may be part of a damaged ID.
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

/** Whether an invalid word is a damaged id, which must be reported. */
function isSurelyDamaged(bare: string, problem: IdProblem): boolean {
  if (problem.code === 'spreadsheet-number') return true;
  return isIdLike(bare) && (UNUSUAL_CHARACTER.test(bare) || MASK.test(bare));
}

/** Whether a damaged text may be an id if one is expected. */
export function isIdLike(bare: string): boolean {
  return (
    bare.length >= MIN_LENGTH && HAS_DIGIT.test(bare) && HAS_LETTER.test(bare) && !isKnownNonIdFragment(bare)
  );
}

/** Whether a text in the position of an ID is surely none: `#N/A`, `Thanks`, a date. */
export function isNoId(bare: string): boolean {
  return NO_VALUE.test(bare) || LETTERS.test(bare) || LETTER_WORDS.has(bare.toLowerCase()) || isDate(bare);
}

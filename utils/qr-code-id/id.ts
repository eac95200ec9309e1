import { isUrl, readLink } from './id-in-url.ts';

/**
 * The form of a qrCodeId is not published; this is what is accepted as one. Narrow enough that no id can
 * change the path of a request, and kept in this one place so that it is easy to change.
 */
export const QR_CODE_ID = { pattern: /^[A-Za-z0-9_-]{4,64}$/, minLength: 4, maxLength: 64 } as const;

/** Why a text is not a qrCodeId. Nothing is ever sent for such a text. */
export type IdProblem =
  | { code: 'empty' }
  | { code: 'bad-character'; character: string }
  | { code: 'too-short'; length: number; limit: number }
  | { code: 'too-long'; length: number; limit: number }
  /** `1.23E+15`: a spreadsheet has shortened it. */
  | { code: 'spreadsheet-number' }
  /** `MAR-26`: a spreadsheet takes IDs of this form for dates. */
  | { code: 'spreadsheet-date' }
  /** More than 15 digits that end in zeros: a spreadsheet keeps no more than 15. */
  | { code: 'rounded' }
  /** Part of an ID that a line break has cut in two. */
  | { code: 'broken' }
  /** The beginning of an ID, with an ellipsis in place of the rest. */
  | { code: 'cut-off' }
  | { code: 'link-without-id' }
  | { code: 'no-id' };

export type ParsedId = { ok: true; qrCodeId: string } | { ok: false; problem: IdProblem };

const LEADING_PUNCTUATION =
  /[\s"'“”‘’„«»‹›`([{<*#•·‣▪●○~\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\u061c]/;
const TRAILING_PUNCTUATION =
  /[\s"'“”‘’„«»‹›`)\]}>*,;:.!?…।~\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\u061c]/;
/** Characters that nobody sees. At the ends of a text they are taken off and named; inside an id they refuse it. */
const MARK = /[\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\u061c]/u;
const LABEL =
  /^[\p{L}\p{M}\d_ .-]{0,40}?(?:id|code|qr|number|no\.?|ref|reference|आईडी|कोड)["'”]?\s*[:=#]\s*(?=\S)/iu;
const SPREADSHEET_NUMBER = /^-?\d+(?:[.,]\d+)?E\+\d+$|^-?\d+[.,]\d+E-?\d+$/i;
const BAD_CHARACTER = /[^A-Za-z0-9_-]/u;
/** A link's reader drops these without a word, and would make another id of what stands around them. */
const STRIPPED_BY_URL_PARSER = /[\s\p{Cc}]/u;

/** Tells whether the text is a qrCodeId as it stands, without anything around it. */
export function isQrCodeId(text: string): boolean {
  return QR_CODE_ID.pattern.test(text);
}

/**
 * Reads a text that is meant to be one qrCodeId. Takes off what people copy along with it (spaces, byte
 * order mark, quotes, brackets, a trailing comma or full stop, a label such as `ID:`, the link around it),
 * and refuses anything else: a character is never dropped from inside an id.
 */
export function parseQrCodeId(text: string): ParsedId {
  if (text.trim() === '') return { ok: false, problem: { code: 'empty' } };
  const bare = stripSurroundings(text);
  if (isUrl(bare)) {
    const dropped = STRIPPED_BY_URL_PARSER.exec(bare)?.[0];
    if (dropped !== undefined) return { ok: false, problem: { code: 'bad-character', character: dropped } };
    const link = readLink(bare, isQrCodeId);
    return link.kind === 'id'
      ? { ok: true, qrCodeId: link.qrCodeId }
      : { ok: false, problem: { code: 'link-without-id' } };
  }
  const problem = validateId(bare === '' ? text.trim() : bare);
  return problem ? { ok: false, problem } : { ok: true, qrCodeId: bare };
}

/** Takes quotes, brackets, labels and trailing punctuation off both ends of a text. */
export function stripSurroundings(text: string): string {
  let bare = trimPunctuation(text);
  for (let before = ''; before !== bare; ) {
    before = bare;
    if (!isUrl(bare)) bare = trimPunctuation(bare.replace(LABEL, (label) => (isNoLabel(label) ? label : '')));
  }
  return bare;
}

/** The invisible characters at the ends of a text, each once. */
export function marksAround(text: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at < text.length && LEADING_PUNCTUATION.test(text.charAt(at)); at += 1)
    if (MARK.test(text.charAt(at))) found.add(text.charAt(at));
  for (let at = text.length - 1; at >= 0 && TRAILING_PUNCTUATION.test(text.charAt(at)); at -= 1)
    if (MARK.test(text.charAt(at))) found.add(text.charAt(at));
  return [...found];
}

/** One pass from each end: a pattern that ends in `+$` takes minutes over a million full stops. */
function trimPunctuation(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && LEADING_PUNCTUATION.test(text.charAt(start))) start += 1;
  while (end > start && TRAILING_PUNCTUATION.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** What reads like an id is not a label, even where it ends in one: nothing of `QR26AB7ID#9X2` is taken off. */
function isNoLabel(label: string): boolean {
  const word = label.replace(/["'”]?\s*[:=#]\s*$/, '');
  return isQrCodeId(word) && /\d/.test(word) && /[A-Za-z]/.test(word);
}

/** Says what keeps a bare text from being a qrCodeId, or nothing if it is one. */
export function validateId(bare: string): IdProblem | undefined {
  if (SPREADSHEET_NUMBER.test(bare)) return { code: 'spreadsheet-number' };
  const bad = BAD_CHARACTER.exec(bare)?.[0];
  if (bad !== undefined) return { code: 'bad-character', character: bad };
  if (bare.length > QR_CODE_ID.maxLength)
    return { code: 'too-long', length: bare.length, limit: QR_CODE_ID.maxLength };
  if (bare.length < QR_CODE_ID.minLength)
    return { code: 'too-short', length: bare.length, limit: QR_CODE_ID.minLength };
  return undefined;
}

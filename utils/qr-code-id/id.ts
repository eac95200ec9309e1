import { isUrl, readLink } from './id-in-url.ts';

/**
 * The accepted form of a qrCodeId. EnKash does not publish the form. This one is narrow enough that no id can change the
 * path of a request. It is defined only here, so that it is easy to change.
 */
export const QR_CODE_ID = { pattern: /^[A-Za-z0-9_-]{4,64}$/, minLength: 4, maxLength: 64 } as const;

/** The reason why a text is not a qrCodeId. No request is ever sent for such a text. */
export type IdProblem =
  | { code: 'empty' }
  | { code: 'bad-character'; character: string }
  | { code: 'too-short'; length: number; limit: number }
  | { code: 'too-long'; length: number; limit: number }
  /** `1.23E+15`: a number that a spreadsheet has shortened. */
  | { code: 'spreadsheet-number' }
  /** `MAR-26`: spreadsheets convert IDs of this form to dates. */
  | { code: 'spreadsheet-date' }
  /** More than 15 digits that end in zeros, because a spreadsheet keeps only 15. */
  | { code: 'rounded' }
  /** Part of an ID that a line break cuts in two. */
  | { code: 'broken' }
  /** The beginning of an ID, followed by an ellipsis. */
  | { code: 'cut-off' }
  | { code: 'link-without-id' }
  | { code: 'no-id' };

export type ParsedId = { ok: true; qrCodeId: string } | { ok: false; problem: IdProblem };

const LEADING_PUNCTUATION =
  /[\s"'“”‘’„«»‹›`([{<*#•·‣▪●○~\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\u061c]/;
const TRAILING_PUNCTUATION =
  /[\s"'“”‘’„«»‹›`)\]}>*,;:.!?…।~\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\u061c]/;
/** Invisible characters. At the ends of a text they are removed and reported. Inside an id they make it invalid. */
const MARK = /[\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\u061c]/u;
const LABEL =
  /^[\p{L}\p{M}\d_ .-]{0,40}?(?:id|code|qr|number|no\.?|ref|reference|आईडी|कोड)["'”]?\s*[:=#]\s*(?=\S)/iu;
const SPREADSHEET_NUMBER = /^-?\d+(?:[.,]\d+)?E\+\d+$|^-?\d+[.,]\d+E-?\d+$/i;
const BAD_CHARACTER = /[^A-Za-z0-9_-]/u;
/** Characters that `URL.parse` drops silently, so that the characters around them would form another id. */
const STRIPPED_BY_URL_PARSER = /[\s\p{Cc}]/u;

/** Whether the text is exactly a qrCodeId, with nothing around it. */
export function isQrCodeId(text: string): boolean {
  return QR_CODE_ID.pattern.test(text);
}

/**
 * Reads a text that should be one qrCodeId. Removes text that people copy along with it: spaces, a byte order mark,
 * quotes, brackets, a trailing comma or full stop, a label such as `ID:`, the link around it. Refuses any other text and
 * never removes a character from inside an id.
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

/** Removes quotes, brackets, labels and trailing punctuation from both ends of a text. */
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

/** One pass from each end, because a pattern that ends in `+$` takes minutes for a million full stops. */
function trimPunctuation(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && LEADING_PUNCTUATION.test(text.charAt(start))) start += 1;
  while (end > start && TRAILING_PUNCTUATION.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Whether a text before `:`, `=` or `#` is an id rather than a label: `QR26AB7ID#9X2` begins with no label. */
function isNoLabel(label: string): boolean {
  const word = label.replace(/["'”]?\s*[:=#]\s*$/, '');
  return isQrCodeId(word) && /\d/.test(word) && /[A-Za-z]/.test(word);
}

/** Returns the problem of a bare text, or nothing if it is a qrCodeId. */
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

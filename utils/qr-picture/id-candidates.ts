import { isQrCodeId, parseQrCodeId } from '../qr-code-id/id.ts';
import { isUrl, readLink } from '../qr-code-id/id-in-url.ts';
import { isKnownNonId, isKnownNonIdNumber } from '../qr-code-id/non-id-patterns.ts';
import { isStrongId } from '../qr-code-id/word.ts';
import { emvReferences } from './emv.ts';
import { MAX_TEXT_LENGTH } from './payment-fields.ts';
import { type LinkParts, linkParts } from './upi-link.ts';

/** The maximum number of IDs of one text. Each costs a request. */
export const MAX_ID_CANDIDATES = 5;

/** The minimum length of an ID that is part of a value. */
const MIN_PART_LENGTH = 6;
const QR_NAME = /^qr[_-]?(?:code)?[_-]?(?:id)?$/i;
/** Values that belong in no request: secrets, signatures, and marks of advertisers. */
const PRIVATE_NAME = /token|sig|session|secret|key|auth|pass|pwd|otp|nonce|hash|^utm_|clid$/i;
/**
 * Forms of references and UPI IDs with an ID inside: Razorpay `RZP<id>qrv2`, PayU `STQ<id>`, Setu `SU<reference>`,
 * Paytm `paytmqr<id>`. The last one is any prefix before `QR` and a digit.
 */
const AFFIXES: readonly RegExp[] = [
  /^RZP(\w+?)(?:qrv2)?$/,
  /^STQ(\w+)$/,
  /^SU(\w+)$/,
  /^paytmqr(\w+)$/i,
  /^\w+?(QR\d\w+)$/i,
];

/**
 * The parts of a QR code's text that may be its `qrCodeId`, most likely first: distinct, at most
 * {@link MAX_ID_CANDIDATES}. EnKash does not publish where a picture has the ID. So each value is offered as a whole
 * first, then the parts of it that look like an ID.
 *
 * Payment links: the parameter named for the code, `tr`, `tid`, the path, the name in `pa`, `tn`, links in other
 * parameters. EMV: the reference label, the references of the accounts, the bill number, the names in UPI IDs. Web
 * addresses: what a link's reading offers, then path and query. Any other text only if it is an ID as a whole: it may
 * hold a password, which must not be sent.
 */
export function idCandidates(text: string): string[] {
  const bare = text.trim();
  if (bare.length > MAX_TEXT_LENGTH) return [];
  const found = new Set<string>();
  for (const candidate of candidatesOf(bare)) {
    found.add(candidate);
    if (found.size === MAX_ID_CANDIDATES) break;
  }
  return [...found];
}

function candidatesOf(text: string): string[] {
  const references = emvReferences(text);
  if (references)
    return references.flatMap((value) => (value.includes('@') ? inUpiId(value) : inReference(value)));
  // An unescaped `#` in a note hides the parameters after it from payment apps. The ID may be among them.
  const link = linkParts(isUrl(text) && !/^https?:/i.test(text) ? text.replaceAll('#', '%23') : text);
  if (link && /^https?$/.test(link.scheme)) return inWebAddress(text, link);
  if (link && (link.scheme === 'upi' || valuesOf(link, 'pa').length > 0)) return inPaymentLink(link);
  // Another link may hold a secret, such as `otpauth://totp/…`.
  if (isUrl(text)) return [];
  const parsed = parseQrCodeId(text);
  return parsed.ok && isIdLike(parsed.qrCodeId) ? [parsed.qrCodeId] : [];
}

function inPaymentLink(link: LinkParts): string[] {
  const named = link.parameters.flatMap(([name, value]) => (QR_NAME.test(name) ? [value] : []));
  const amounts = new Set([...valuesOf(link, 'am'), ...valuesOf(link, 'mam')]);
  const [, ...path] = link.path.split('/').filter(Boolean);
  const links = link.parameters.flatMap(([, value]) => (/^https?:/i.test(value) ? [value] : []));
  return [
    ...[...named, ...valuesOf(link, 'tr'), ...valuesOf(link, 'tid')].flatMap(inReference),
    ...path.flatMap(inWords),
    ...valuesOf(link, 'pa').flatMap(inUpiId),
    ...valuesOf(link, 'tn').flatMap(inWords),
    ...links.flatMap((value) => {
      const inner = linkParts(value);
      return inner ? inWebAddress(value, inner) : [];
    }),
  ].filter((candidate) => !amounts.has(candidate));
}

function inWebAddress(text: string, link: LinkParts): string[] {
  const read = readLink(text, isQrCodeId);
  const first = read.kind === 'id' ? [read.qrCodeId] : read.kind === 'doubtful' ? read.offered : [];
  const [, ...path] = link.path.split('/').filter(Boolean);
  const values = link.parameters.flatMap(([name, value]) =>
    PRIVATE_NAME.test(name) || value.includes('/') ? [] : [value],
  );
  const isPrivate = (candidate: string) =>
    link.parameters.some(([name, value]) => PRIVATE_NAME.test(name) && value === candidate);
  return [...first, ...path.flatMap(inWords), ...values.flatMap(inWords)].filter(
    (candidate) => isIdLike(candidate) && !isPrivate(candidate),
  );
}

/** The IDs in a reference. As a whole it may be short, and of any form of letters and digits. */
function inReference(value: string): string[] {
  const whole = value.trim();
  return [...(isIdLike(whole) ? [whole] : []), ...inside(whole)];
}

/** The IDs in the part of a UPI ID before `@`. Banks write it in small letters, so capitals are offered too. */
function inUpiId(value: string): string[] {
  const name = value.slice(0, Math.max(0, value.lastIndexOf('@'))).trim();
  // `9876543210-2@ybl`: apps append a number to a person's mobile number.
  if (/^(?:91|0)?[6-9]\d{9}(?:-\d)?$/.test(name)) return [];
  const found = inReference(name).filter((candidate) => candidate.length >= MIN_PART_LENGTH);
  return found.flatMap((candidate) =>
    /[a-z]/.test(candidate) && !/[A-Z]/.test(candidate) ? [candidate, candidate.toUpperCase()] : [candidate],
  );
}

/** The words of a text that look like an ID without regard to their place. */
function inWords(value: string): string[] {
  return value
    .split(/[^A-Za-z0-9_-]+/)
    .flatMap((word) => [word, ...inside(word)])
    .filter((word) => isStrongId(word) || (/^\d+$/.test(word) && isIdLike(word)));
}

/** The parts of a value that look like an ID: without a known affix, then the words in it, the longest first. */
function inside(value: string): string[] {
  const bare = AFFIXES.flatMap((form) => form.exec(value)?.[1] ?? []);
  const words = value.split(/[^A-Za-z0-9]+/).toSorted((one, other) => other.length - one.length);
  return [
    ...bare,
    ...words,
    ...words.flatMap((word) => AFFIXES.flatMap((form) => form.exec(word)?.[1] ?? [])),
  ]
    .filter((part) => part !== value && part.length >= MIN_PART_LENGTH)
    .filter(isIdLike);
}

/** Whether a text is a `qrCodeId` with a digit, and no mobile number, date, short number or tax number. */
function isIdLike(text: string): boolean {
  return (
    isQrCodeId(text) &&
    /\d/.test(text) &&
    !isKnownNonId(text) &&
    !(/^\d+$/.test(text) && isKnownNonIdNumber(text))
  );
}

function valuesOf({ parameters }: LinkParts, wanted: string): string[] {
  return parameters.flatMap(([name, value]) => (name.trim().toLowerCase() === wanted ? [value] : []));
}

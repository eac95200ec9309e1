import { otherThing } from './known-forms.ts';
import { isKnownNonId } from './non-id-patterns.ts';

const SCHEME = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)/i;
const QR_PARAMETER = /^(?:qr[_-]?code[_-]?id|qr[_-]?code|qr[_-]?id|qr)$/i;
const ID_SEGMENT = /^(?:qr|qrs|qr[_-]?codes?)$/i;
/** Folders and parameters that name another thing. The next segment or the value is that thing's ID. */
const OTHER_NAME =
  /^(?:tickets?|issues?|cases?|orders?|invoices?|bills?|payments?|transactions?|txns?|customers?|clients?|contacts?|users?|accounts?|merchants?|shops?|stores?|refunds?|settlements?|requests?|messages?|threads?|posts?|articles?|items?|products?|files?|d|document)(?:[_-]?(?:id|no|number|ref))?$/i;
/** Parameters that shops, mail programs and advertisers add. Their values are never taken for IDs. */
const TRACKING =
  /^(?:utm_.*|[a-z]*clid|_\w+|mc_\w+|mkt_\w+|usg|ust|ved|sa|ei|sca_esv|sxsrf|source|ref|refid|reference|referrer|data|sdata|reserved|s?ig|sig|signature|token|\w*token|key|apikey|hash|h|session\w*|sid|nonce|state|code_challenge|igshid?|si|trk|trkid|cid|eid|mid|tid|aff\w*|campaign\w*|am|cu|pn|mc|tn|pa)$/i;
/** The gateway's own pages. */
const ENKASH_HOST = /(?:^|\.)enkash\.(?:in|com)$/i;
const FILE_ENDING = /\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|html?)$/i;

/** Proofpoint wraps a link in the path of its own link. */
const WRAPPED_IN_PATH = /^https:\/\/urldefense\.(?:com|us)\/v3\/__(.+?)__(?:;|$)/i;

/** The content of a link. `offered` are parts that may be the ID, so that the operator has to choose. */
export type LinkReading =
  | { kind: 'id'; qrCodeId: string; inUpi: boolean }
  | { kind: 'doubtful'; why: 'several' | 'other-site'; offered: string[]; host: string }
  | { kind: 'none' };

/** Whether a text is a link rather than an id. */
export function isUrl(text: string): boolean {
  return SCHEME.test(text);
}

/** The minimum length of an id that is recognized by its form alone. Years and versions are common in links. */
const MIN_LENGTH = 6;
/** `how-to-cancel-in-2026`: the name of an article. */
const SLUG = /^(?:[a-z]+[-_]){3,}/i;
/** The maximum depth of links inside links. */
const MAX_DEPTH = 3;

interface Candidates {
  /** Parts that are named for a QR code or look like an id. */
  ids: Set<string>;
  /** Parts named `id` by a site other than EnKash's, so that their meaning is unknown. */
  otherSite: Set<string>;
  /** Whether a parameter that is named for the id holds an invalid value. Then no other part may replace it. */
  damaged: boolean;
}

/**
 * Finds the qrCodeId in a link: the parameter named for it, the path segment after `qr-code`, or the only part that looks
 * like an id. In a UPI link it is the reference. Links inside links are read too, because mail programs wrap links. If
 * several parts may be the id, none is chosen.
 */
export function readLink(text: string, isId: (text: string) => boolean): LinkReading {
  const url = parseLink(text);
  if (!url) return { kind: 'none' };
  if (url.protocol === 'upi:') {
    const reference = url.searchParams.get('tr') ?? '';
    return isId(reference) ? { kind: 'id', qrCodeId: reference, inUpi: true } : { kind: 'none' };
  }
  const found: Candidates = { ids: new Set(), otherSite: new Set(), damaged: false };
  collect(url, isId, found, 0);
  if (found.damaged) return { kind: 'none' };
  const [first] = found.ids;
  const all = [...new Set([...found.ids, ...found.otherSite])];
  if (first !== undefined && all.length === 1 && found.ids.size === 1)
    return { kind: 'id', qrCodeId: first, inUpi: false };
  if (all.length === 0) return { kind: 'none' };
  const why = all.length > 1 ? 'several' : 'other-site';
  return { kind: 'doubtful', why, offered: all, host: url.hostname };
}

function parseLink(text: string): URL | undefined {
  const url = URL.parse(SCHEME.exec(text)?.[0].toLowerCase() === 'www.' ? `https://${text}` : text);
  if (!url) return undefined;
  const inner = WRAPPED_IN_PATH.exec(text)?.[1];
  return (inner && URL.parse(inner)) || url;
}

function collect(url: URL, isId: (text: string) => boolean, found: Candidates, depth: number): void {
  const parameters = [...url.searchParams, ...new URLSearchParams(url.hash.slice(1).replace(/^[^?]*\?/, ''))];
  const segments = `${url.pathname}${url.hash.replace('#', '/')}`
    .split(/[/?&=]/)
    .filter(Boolean)
    .map((segment) => segment.replace(FILE_ENDING, ''));
  const isOther = segments.some((segment) => OTHER_NAME.test(segment));
  for (const [name, value] of parameters) {
    const inner = isUrl(value) ? parseLink(value) : undefined;
    if (inner && depth < MAX_DEPTH) collect(inner, isId, found, depth + 1);
    else if (QR_PARAMETER.test(name)) {
      if (isId(value)) found.ids.add(value);
      else if (value !== '') found.damaged = true;
    } else if (/^id$/i.test(name)) {
      if (isId(value)) (ENKASH_HOST.test(url.hostname) && !isOther ? found.ids : found.otherSite).add(value);
      else if (value !== '') found.damaged = true;
    } else if (!TRACKING.test(name) && !OTHER_NAME.test(name) && isId(value) && looksLikeId(value))
      found.ids.add(value);
  }
  const inParameters = new Set(parameters.flatMap(([name, value]) => (value === '' ? [] : [name, value])));
  for (const [index, segment] of segments.entries()) {
    if (!isId(segment) || inParameters.has(segment)) continue;
    const before = segments[index - 1] ?? '';
    if (ID_SEGMENT.test(before)) found.ids.add(segment);
    else if (looksLikeId(segment)) (OTHER_NAME.test(before) ? found.otherSite : found.ids).add(segment);
  }
}

function looksLikeId(part: string): boolean {
  return (
    part.length >= MIN_LENGTH &&
    /\d/.test(part) &&
    !SLUG.test(part) &&
    !isKnownNonId(part) &&
    !otherThing(part)
  );
}

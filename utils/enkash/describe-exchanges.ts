import { type LoggedExchange, TERMS, WORDS } from './exchange-log.ts';
import { redactContacts, redactMobiles, redactPersonalData } from './redact-personal-data.ts';

/** Maximum lengths of a text, and of the sketch of a JSON answer. */
const TEXT_LENGTH = 200;
const SKETCH_LENGTH = 1_200;

/** Objects whose field names come from the merchant or a customer. */
const OPEN_FIELDS = /param|custom|meta|notes?$|udf|attribute|additional|extra/i;

/** One paragraph per exchange, in the given order, without secrets and customer data. */
export function describeExchanges(exchanges: readonly LoggedExchange[]): string {
  return exchanges.map(describe).join('\n');
}

function describe({ at, ms, bytes, request, result }: LoggedExchange): string {
  const { pathname, search, hostname } = new URL(request.url);
  const path = redactMobiles(pathname);
  const call = `${new Date(at).toISOString()} ${request.method} ${hostname}${path}${search}`;
  if (result.kind === 'failed')
    return `${call} → no answer (${result.reason}${result.httpStatus ? `, HTTP ${result.httpStatus}` : ''}) after ${ms} ms`;
  const { httpStatus, contentType, sketch, text } = result;
  const type = contentType === null ? 'no content type' : redactContacts(contentType);
  const head = `${call} → HTTP ${httpStatus}, ${type}, ${bytes} bytes, ${ms} ms`;
  // An id in the form of a mobile number may be one.
  const keep = path === pathname ? (request.qrCodeId ?? '') : '';
  const body =
    sketch === undefined
      ? toOneLine(excerpt(text, keep)).slice(0, TEXT_LENGTH)
      : toOneLine(JSON.stringify(withoutPersonalData(sketch, 'payload', keep)) ?? '').slice(0, SKETCH_LENGTH);
  return body === '' ? head : `${head}\n  ${body}`;
}

function toOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Removes personal data from the texts and field names of a sketch. */
function withoutPersonalData(sketch: unknown, name: string, keep: string): unknown {
  if (typeof sketch === 'string') {
    if (sketch === keep) return sketch;
    if (TERMS.test(name)) return redactContacts(sketch).slice(0, TEXT_LENGTH);
    return WORDS.test(name) ? redactPersonalData(sketch, keep).slice(0, TEXT_LENGTH) : sketch;
  }
  // A mobile number is this large; a code or count is not.
  if (typeof sketch === 'number' && Math.abs(sketch) >= 1e7) return '<number>';
  if (typeof sketch !== 'object' || sketch === null) return sketch;
  if (Array.isArray(sketch)) return sketch.map((inner) => withoutPersonalData(inner, name, keep));
  if (OPEN_FIELDS.test(name)) return `<${Object.keys(sketch).length} fields>`;
  return Object.fromEntries(
    Object.entries(sketch).map(([field, inner], index) => [
      isIdentifier(field) ? field : `<field ${index + 1}>`,
      withoutPersonalData(inner, field, keep),
    ]),
  );
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$.-]{0,39}$/.test(name) && !/\d{5}/.test(name);
}

/** The text of a body that is not JSON: the words of a web page, but only the structure of other formats. */
function excerpt(text: string, keep: string): string {
  if (/^\s*<(?:!doctype html|html|head|body|center)/i.test(text)) return redactContacts(stripTags(text));
  if (!/^\s*[<[{"]/.test(text)) return redactPersonalData(text, keep);
  return text
    .replace(/"((?:[^"\\]|\\.)*)"?(\s*:)?/g, (_, inner, colon = '') =>
      colon && isIdentifier(inner) ? `"${inner}":` : `"…"${colon}`,
    )
    .replace(/>[^<]+/g, '>…')
    .replace(/\d[\d.]{3,}/g, '…');
}

function stripTags(page: string): string {
  return page.replace(/<(script|style)\b.*?(?:<\/\1>|$)/gis, ' ').replace(/<[^>]*>?/g, ' ');
}

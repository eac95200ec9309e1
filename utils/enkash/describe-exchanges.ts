import { type LoggedExchange, TERMS, WORDS } from './exchange-log.ts';
import { strikeContacts, strikeMobiles, strikePersonalData } from './strike-personal-data.ts';

/** How many characters are told of a text, and of the sketch of an answer in JSON. */
const TEXT_LENGTH = 200;
const SKETCH_LENGTH = 1_200;

/** Containers whose names of fields are the merchant's or a customer's. */
const OPEN_FIELDS = /param|custom|meta|notes?$|udf|attribute|additional|extra/i;

/** One paragraph an exchange, in the order given. Neither a secret nor a customer's data is in it. */
export function describeExchanges(exchanges: readonly LoggedExchange[]): string {
  return exchanges.map(inWords).join('\n');
}

function inWords({ at, ms, bytes, request, result }: LoggedExchange): string {
  const { pathname, search, hostname } = new URL(request.url);
  const path = strikeMobiles(pathname);
  const call = `${new Date(at).toISOString()} ${request.method} ${hostname}${path}${search}`;
  if (result.kind === 'failed')
    return `${call} → no answer (${result.reason}${result.httpStatus ? `, HTTP ${result.httpStatus}` : ''}) after ${ms} ms`;
  const { httpStatus, contentType, sketch, text } = result;
  const type = contentType === null ? 'no content type' : strikeContacts(contentType);
  const head = `${call} → HTTP ${httpStatus}, ${type}, ${bytes} bytes, ${ms} ms`;
  // An id that looks like a mobile number may be one.
  const keep = path === pathname ? (request.qrCodeId ?? '') : '';
  const body =
    sketch === undefined
      ? onOneLine(startOf(text, keep)).slice(0, TEXT_LENGTH)
      : onOneLine(JSON.stringify(withoutPersons(sketch, 'payload', keep)) ?? '').slice(0, SKETCH_LENGTH);
  return body === '' ? head : `${head}\n  ${body}`;
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The sketch of an answer without what its words or its names of fields may say of a customer. */
function withoutPersons(sketch: unknown, name: string, keep: string): unknown {
  if (typeof sketch === 'string') {
    if (sketch === keep) return sketch;
    if (TERMS.test(name)) return strikeContacts(sketch).slice(0, TEXT_LENGTH);
    return WORDS.test(name) ? strikePersonalData(sketch, keep).slice(0, TEXT_LENGTH) : sketch;
  }
  // No code or count is so large, but a mobile number is.
  if (typeof sketch === 'number' && Math.abs(sketch) >= 1e7) return '<number>';
  if (typeof sketch !== 'object' || sketch === null) return sketch;
  if (Array.isArray(sketch)) return sketch.map((inner) => withoutPersons(inner, name, keep));
  if (OPEN_FIELDS.test(name)) return `<${Object.keys(sketch).length} fields>`;
  return Object.fromEntries(
    Object.entries(sketch).map(([field, inner], index) => [
      isIdentifier(field) ? field : `<field ${index + 1}>`,
      withoutPersons(inner, field, keep),
    ]),
  );
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$.-]{0,39}$/.test(name) && !/\d{5}/.test(name);
}

/** The start of what is no JSON: of a web page its words, of anything with a structure only that. */
function startOf(text: string, keep: string): string {
  if (/^\s*<(?:!doctype html|html|head|body|center)/i.test(text)) return strikeContacts(withoutTags(text));
  if (!/^\s*[<[{"]/.test(text)) return strikePersonalData(text, keep);
  return text
    .replace(/"((?:[^"\\]|\\.)*)"?(\s*:)?/g, (_, inner, colon = '') =>
      colon && isIdentifier(inner) ? `"${inner}":` : `"…"${colon}`,
    )
    .replace(/>[^<]+/g, '>…')
    .replace(/\d[\d.]{3,}/g, '…');
}

function withoutTags(page: string): string {
  return page.replace(/<(script|style)\b.*?(?:<\/\1>|$)/gis, ' ').replace(/<[^>]*>?/g, ' ');
}

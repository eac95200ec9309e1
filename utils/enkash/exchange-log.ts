import type { HttpRequest, HttpResult } from './http.ts';

/** How many exchanges are kept; the oldest goes first. */
export const LOG_CAPACITY = 50;
/** How many characters of an answer are kept. */
const SHOWN_LENGTH = 200;
/** How deep, and how many fields of an object, the sketch of an answer goes. */
const SKETCH_DEPTH = 5;
const SKETCH_FIELDS = 40;

export interface Exchange {
  /** Epoch milliseconds at which the request left. */
  at: number;
  /** How long it took, in milliseconds. */
  ms: number;
  /** The size of the answer's body. */
  bytes: number;
  request: Pick<HttpRequest, 'method' | 'url'>;
  /** With all secrets struck out. */
  result: HttpResult;
}

/** The last exchanges with the gateway, in the worker's memory only: for support, and never written anywhere. */
export interface ExchangeLog {
  record(exchange: Exchange): void;
  /** One paragraph an exchange, oldest first. Neither a secret nor a customer's data is in it. */
  describe(): string;
  clear(): void;
}

export function createExchangeLog(): ExchangeLog {
  let kept: string[] = [];
  return {
    record(exchange) {
      kept = [...kept.slice(1 - LOG_CAPACITY), inWords(exchange)];
    },
    describe: () => kept.join('\n'),
    clear() {
      kept = [];
    },
  };
}

function inWords({ at, ms, bytes, request, result }: Exchange): string {
  const { pathname, search, hostname } = new URL(request.url);
  const call = `${new Date(at).toISOString()} ${request.method} ${hostname}${pathname}${search}`;
  if (result.kind === 'failed')
    return `${call} → no answer (${result.reason}${result.httpStatus ? `, HTTP ${result.httpStatus}` : ''}) after ${ms} ms`;
  const { httpStatus, contentType, json, text } = result;
  const head = `${call} → HTTP ${httpStatus}, ${contentType ?? 'no content type'}, ${bytes} bytes, ${ms} ms`;
  const body =
    json === undefined
      ? [start(withoutPersons(text))]
      : [`shape: ${sketch(json)}`, start(JSON.stringify(masked(json)) ?? '')];
  return [head, ...body.filter((line) => line !== '').map((line) => `  ${line}`)].join('\n');
}

/** Cuts a text, on one line. */
function start(text: string): string {
  return text.slice(0, SHOWN_LENGTH).replaceAll(/\s+/g, ' ').trim();
}

/** The names of the fields and the types of their values. Names in `customParams` are the merchant's or a customer's. */
function sketch(value: unknown, depth = 0): string {
  if (value === null) return 'null';
  if (Array.isArray(value))
    return `[${value.length}${value.length > 0 ? ` × ${sketch(value[0], depth + 1)}` : ''}]`;
  if (typeof value !== 'object') return typeof value;
  if (depth >= SKETCH_DEPTH) return '{…}';
  const fields = Object.entries(value);
  const shown = fields
    .slice(0, SKETCH_FIELDS)
    .map(
      ([name, inner]) =>
        `${name.slice(0, 40)}: ${isParams(name) ? countOf(inner) : sketch(inner, depth + 1)}`,
    );
  return `{${[...shown, ...(fields.length > SKETCH_FIELDS ? ['…'] : [])].join(', ')}}`;
}

function isParams(name: string): boolean {
  return /params/i.test(name);
}

function countOf(value: unknown): string {
  return `{${Object.keys(Object(value)).length} fields}`;
}

/** Fields whose values say what the gateway did and nothing of a customer. */
const PLAIN_FIELDS = new Set([
  'response_code',
  'response_message',
  'responseCode',
  'responseMessage',
  'resultCode',
  'resultMessage',
  'code',
  'message',
  'error',
  'status',
  'path',
  'timestamp',
  'qrCodeId',
  'total',
]);

/** The answer with every text replaced by its length, but for the fields that name no customer. */
function masked(value: unknown, name = 'message'): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map((inner) => masked(inner, name));
  if (typeof value === 'object' && value !== null)
    return isParams(name)
      ? countOf(value)
      : Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, masked(inner, field)]));
  // The gateway puts the text of an error in `payload`.
  if (PLAIN_FIELDS.has(name) || name === 'payload')
    return typeof value === 'string' ? withoutPersons(value) : value;
  if (typeof value === 'string') return `<${value.length} characters>`;
  return typeof value === 'number' ? '<number>' : value;
}

const EMAIL = /[^\s<>"'@]+@[^\s<>"'@]+/g;
const MOBILE = /(?<![A-Za-z0-9])(?:\+?91[ -]?)?[6-9]\d{4}[ -]?\d{5}(?![A-Za-z0-9])/g;

/** Strikes out addresses and mobile numbers, which an error's text may name. */
function withoutPersons(text: string): string {
  return text.replace(EMAIL, '<e-mail>').replace(MOBILE, '<mobile>');
}

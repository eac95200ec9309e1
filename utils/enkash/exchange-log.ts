import type { HttpRequest, HttpResult } from './http.ts';

/** The maximum number of exchanges; the oldest is dropped first. */
export const LOG_CAPACITY = 50;
/** The maximum length of a message or of a text that is not JSON. */
const TEXT_LENGTH = 400;
/** The maximum depth of a sketch, and the maximum number of fields per object. */
const SKETCH_DEPTH = 6;
const SKETCH_FIELDS = 40;

export interface Exchange {
  /** Epoch milliseconds of the send. */
  at: number;
  /** The duration in milliseconds. */
  ms: number;
  /** The size of the answer's body, in bytes. */
  bytes: number;
  request: Pick<HttpRequest, 'method' | 'url' | 'qrCodeId'>;
  /** Without secrets. */
  result: HttpResult;
}

/** A logged exchange: of the answer only a sketch, or the start of a text that is not JSON. */
export interface LoggedExchange extends Omit<Exchange, 'request' | 'result'> {
  request: Pick<HttpRequest, 'method' | 'url'> & { qrCodeId?: string | undefined };
  result:
    | (HttpResult & { kind: 'failed' })
    | { kind: 'response'; httpStatus: number; contentType: string | null; sketch: unknown; text: string };
}

/**
 * The last exchanges with the gateway, for support. In the worker's memory only, never stored. Contains no secrets and
 * no customer fields. A message may name a customer; `describeExchanges` removes such words.
 */
export interface ExchangeLog {
  record(exchange: Exchange): void;
  /** The oldest first. */
  entries(): LoggedExchange[];
  clear(): void;
}

export function createExchangeLog(): ExchangeLog {
  let logged: LoggedExchange[] = [];
  return {
    record({ request: { method, url, qrCodeId }, result, ...rest }) {
      // Headers and body are dropped, because they contain the keys.
      const request = { method, url, qrCodeId };
      logged = [...logged.slice(1 - LOG_CAPACITY), { ...rest, request, result: summarize(result) }];
    },
    entries: () => logged,
    clear() {
      logged = [];
    },
  };
}

function summarize(result: HttpResult): LoggedExchange['result'] {
  if (result.kind === 'failed') return result;
  const { kind, httpStatus, contentType, json, text } = result;
  return {
    kind,
    httpStatus,
    contentType,
    sketch: sketchOf(json, 'payload', 0),
    text: text.slice(0, TEXT_LENGTH),
  };
}

/** Fields that contain a message. The text of an error is sometimes in `payload`. */
export const WORDS = /^(?:(?:response_?|result_?)?message|error|payload)$/i;
/** Fields that contain a term of the gateway. */
export const TERMS = /^(?:status|path|timestamp|qrCodeId)$/;
/** Fields whose number does not identify a customer. */
const COUNTS = /code|status|total|count|size|page|limit|offset|expiry|error$/i;

/**
 * An answer reduced to its field names and the types of their values. Texts other than messages and terms are replaced
 * by their length; a list keeps only its first entry.
 */
function sketchOf(value: unknown, name: string, depth: number): unknown {
  if (typeof value === 'string')
    return WORDS.test(name) || TERMS.test(name)
      ? value.slice(0, TEXT_LENGTH)
      : `<${value.length} characters>`;
  if (typeof value === 'number') return COUNTS.test(name) ? value : '<number>';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return [
      ...value.slice(0, 1).map((inner) => sketchOf(inner, name, depth + 1)),
      `<${value.length} entries>`,
    ];
  const fields = Object.entries(value);
  if (depth >= SKETCH_DEPTH) return `<${fields.length} fields>`;
  return Object.fromEntries(
    fields.slice(0, SKETCH_FIELDS).map(([field, inner]) => [field, sketchOf(inner, field, depth + 1)]),
  );
}

import type { HttpRequest, HttpResult } from './http.ts';

/** How many exchanges are kept; the oldest goes first. */
export const LOG_CAPACITY = 50;
/** How many characters are kept of a text in which the gateway, or something before it, says what it did. */
const TEXT_LENGTH = 400;
/** How deep, and how many fields of an object, the sketch of an answer goes. */
const SKETCH_DEPTH = 6;
const SKETCH_FIELDS = 40;

export interface Exchange {
  /** Epoch milliseconds at which the request left. */
  at: number;
  /** How long it took, in milliseconds. */
  ms: number;
  /** The size of the answer's body. */
  bytes: number;
  request: Pick<HttpRequest, 'method' | 'url' | 'qrCodeId'>;
  /** With all secrets struck out. */
  result: HttpResult;
}

/** An exchange as it is kept: of an answer only its sketch, or the start of a text that is no JSON. */
export interface LoggedExchange extends Omit<Exchange, 'request' | 'result'> {
  request: Pick<HttpRequest, 'method' | 'url'> & { qrCodeId?: string | undefined };
  result:
    | (HttpResult & { kind: 'failed' })
    | { kind: 'response'; httpStatus: number; contentType: string | null; sketch: unknown; text: string };
}

/**
 * The last exchanges with the gateway, in the worker's memory only: for support, and never written anywhere. No secret is
 * in it, and no field of a customer's; a message may name one, so that `describeExchanges` strikes such words out of it.
 */
export interface ExchangeLog {
  record(exchange: Exchange): void;
  /** The oldest first. */
  entries(): LoggedExchange[];
  clear(): void;
}

export function createExchangeLog(): ExchangeLog {
  let kept: LoggedExchange[] = [];
  return {
    record({ request: { method, url, qrCodeId }, result, ...rest }) {
      // Neither headers nor a body are kept: the keys stand in them.
      const request = { method, url, qrCodeId };
      kept = [...kept.slice(1 - LOG_CAPACITY), { ...rest, request, result: inShort(result) }];
    },
    entries: () => kept,
    clear() {
      kept = [];
    },
  };
}

function inShort(result: HttpResult): LoggedExchange['result'] {
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

/** Fields in which the gateway says in words what it did. The text of an error stands in `payload` at times. */
export const WORDS = /^(?:(?:response_?|result_?)?message|error|payload)$/i;
/** Fields that hold a term of the gateway's own. */
export const TERMS = /^(?:status|path|timestamp|qrCodeId)$/;
/** Fields whose number names no customer. */
const COUNTS = /code|status|total|count|size|page|limit|offset|expiry|error$/i;

/**
 * An answer with its names of fields and the types of their values. Texts are replaced by their length, but for what
 * the gateway says of the call; of a list only the first entry is left.
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

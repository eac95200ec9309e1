import type { Clock } from '../lib/clock.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { parseJson } from './parse-json.ts';
import { createRedactor, REDACTED, type Redactor } from './redact.ts';
import { createSingleUseBody } from './single-use-body.ts';

/** Chrome ends a worker's request after 30 s without an answer; giving up earlier keeps the reason in our hands. */
export const RESPONSE_TIMEOUT_MS = 20_000;

export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST' | 'PATCH';
  headers: Record<string, string>;
  body?: string;
  /** Must never leave a second time, by the browser's own doing either. */
  singleUse?: boolean;
  /** The most bytes of an answer that are read before it is cut off. */
  maxBytes: number;
  /** Strikes the secrets in use out of the answer before anything else sees it. */
  redactor: Redactor;
  /** The QR code id that was asked for: it stays in the answer, whatever it has in common with a secret. */
  qrCodeId?: string;
  /**
   * Reads a secret that the answer hands out, such as a token, from the answer's JSON. It is struck out as well. If a
   * success holds none, every word that is as long as a token is.
   */
  takeSecret?: (json: unknown) => string | undefined;
}

/** An answer, redacted. */
export interface HttpResponse {
  kind: 'response';
  httpStatus: number;
  contentType: string | null;
  retryAfter: string | null;
  /** The answer's own `Date` header. */
  date: string | null;
  /** The parsed body; `undefined` if it is not JSON. */
  json: unknown;
  /** The body; of JSON and of long texts only as much as a person reads. */
  text: string;
  /** What `takeSecret` found. */
  secret?: string;
}

export type HttpResult =
  | HttpResponse
  | {
      kind: 'failed';
      reason: 'timeout' | 'connection' | 'redirect' | 'too-large';
      httpStatus?: number;
      /** Known not to have left, as nothing took its body. Told only of what must leave once. */
      unsent?: boolean;
    };

export interface HttpDeps {
  fetch: typeof fetch;
  clock: Clock;
  log: ExchangeLog;
}

/** No more of a text that is not JSON is ever shown. */
const READABLE_LENGTH = 4_000;
/** The characters of a token (RFC 9110 § 11.2); no name of a field and hardly a word is so long. */
const LIKE_A_TOKEN = /[\w.~+/=-]{20,}/g;

/**
 * One request and its whole answer, within {@link RESPONSE_TIMEOUT_MS}. The secrets in use are struck out of the answer
 * here, so that nothing behind this function ever sees one that was echoed. Never follows a redirect, never sends
 * cookies, never throws. A manual redirect mode is used rather than `error`: neither follows, but only this one can be
 * told from a lost connection.
 */
export async function sendHttp(deps: HttpDeps, request: HttpRequest): Promise<HttpResult> {
  const at = deps.clock.now();
  const { bytes, ...result } = await perform(deps, request);
  deps.log.record({ at, ms: deps.clock.now() - at, bytes, request, result });
  return result;
}

type Performed = HttpResult & { bytes: number };

async function perform(deps: HttpDeps, request: HttpRequest): Promise<Performed> {
  const { url, method, headers, body, maxBytes } = request;
  const singleUseBody = request.singleUse && body !== undefined ? createSingleUseBody(body) : undefined;
  const abort = new AbortController();
  let timedOut = false;
  const timer = new AbortController();
  deps.clock.sleep(RESPONSE_TIMEOUT_MS, timer.signal).then(() => {
    timedOut = !timer.signal.aborted;
    if (timedOut) abort.abort();
  });
  try {
    const response = await deps.fetch(url, {
      method,
      headers,
      ...(singleUseBody ? { body: singleUseBody.body, duplex: 'half' } : body === undefined ? {} : { body }),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      abort.abort();
      return { kind: 'failed', reason: 'redirect', bytes: 0 };
    }
    const read = await readBodyWithLimit(response, maxBytes);
    if (read.text === undefined) {
      abort.abort();
      return { kind: 'failed', reason: 'too-large', httpStatus: response.status, bytes: read.bytes };
    }
    return { ...redacted(request, response, read.text), bytes: read.bytes };
  } catch {
    const wasNotSent = singleUseBody !== undefined && !singleUseBody.asked();
    return { kind: 'failed', reason: timedOut ? 'timeout' : 'connection', unsent: wasNotSent, bytes: 0 };
  } finally {
    timer.abort();
  }
}

function redacted(request: HttpRequest, { status, ok, headers }: Response, given: string): HttpResponse {
  const secret = request.takeSecret?.(parseJson(given));
  // The token may stand in a field of another name, or in an answer that is cut off.
  const raw = request.takeSecret && ok && !secret ? given.replace(LIKE_A_TOKEN, REDACTED) : given;
  const parsed = parseJson(raw);
  const redactors = [request.redactor, ...(secret ? [createRedactor([secret])] : [])];
  const redact = (text: string) => redactors.reduce((left, redactor) => redactor.text(left), text);
  const json =
    parsed === undefined
      ? undefined
      : redactors.reduce<unknown>((left, redactor) => redactor.json(left, request.qrCodeId), parsed);
  return {
    kind: 'response',
    httpStatus: status,
    contentType: headers.has('content-type')
      ? redact(String(headers.get('content-type'))).slice(0, 100)
      : null,
    retryAfter: headers.get('retry-after'),
    date: headers.get('date'),
    json,
    text: json === undefined ? redact(raw.slice(0, READABLE_LENGTH)) : '',
    ...(secret ? { secret } : {}),
  };
}

async function readBodyWithLimit(
  response: Response,
  maxBytes: number,
): Promise<{ text: string | undefined; bytes: number }> {
  let text = '';
  let bytes = 0;
  if (!response.body) return { text, bytes };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), bytes };
    bytes += value.byteLength;
    if (bytes > maxBytes) return { text: undefined, bytes };
    text += decoder.decode(value, { stream: true });
  }
}

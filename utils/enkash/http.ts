import type { Clock } from '../lib/clock.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { parseJson } from './parse-json.ts';
import { createRedactor, REDACTED, type Redactor } from './redact.ts';
import { createSingleUseBody } from './single-use-body.ts';

/** Chrome ends a worker's request after 30 s without an answer. Ending it earlier makes the reason known. */
export const RESPONSE_TIMEOUT_MS = 20_000;

export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST' | 'PATCH';
  headers: Record<string, string>;
  body?: string;
  /** Must never be sent twice, not even by the browser itself. */
  singleUse?: boolean;
  /** The maximum size of an answer's body; a larger one fails as `too-large`. */
  maxBytes: number;
  /** Removes the secrets in use from the answer before any other code reads it. */
  redactor: Redactor;
  /** The requested QR code id. It is never redacted, even if it contains part of a secret. */
  qrCodeId?: string;
  /**
   * Reads a new secret, such as a token, from the answer's JSON. It is redacted too. If a successful answer contains
   * none, every word as long as a token is redacted.
   */
  takeSecret?: (json: unknown) => string | undefined;
  /** Called with the status line and headers of an answer, before its body is read. */
  onHead?: (head: ResponseHead) => void;
}

/** The parts of an answer that say whether later calls must wait. */
export type ResponseHead = Pick<HttpResponse, 'httpStatus' | 'retryAfter' | 'date'>;

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
  /** The start of a body that is not JSON; empty for JSON. */
  text: string;
  /** The secret that `takeSecret` returned. */
  secret?: string;
}

export type HttpResult =
  | HttpResponse
  | {
      kind: 'failed';
      reason: 'timeout' | 'connection' | 'redirect' | 'too-large';
      httpStatus?: number;
      /** Whether a single-use request was certainly not sent, because its body was not read. */
      unsent?: boolean;
    };

export interface HttpDeps {
  fetch: typeof fetch;
  clock: Clock;
  log: ExchangeLog;
}

/** The maximum length of a text that is not JSON. */
const READABLE_LENGTH = 4_000;
/** The characters of a token (RFC 9110 § 11.2). Field names, and nearly all words, are shorter. */
const TOKEN_LIKE = /[\w.~+/=-]{20,}/g;

/**
 * Sends one request and reads its whole answer within {@link RESPONSE_TIMEOUT_MS}. Redacts the secrets in use, so that
 * no caller sees an echoed secret. Never follows a redirect, sends no cookies, never throws. The redirect mode is
 * `manual`, because `error` would make a redirect look like a lost connection.
 */
export async function sendHttp(deps: HttpDeps, request: HttpRequest): Promise<HttpResult> {
  const at = deps.clock.now();
  const { bytes, ...result } = await perform(deps, request);
  deps.log.record({ at, ms: deps.clock.now() - at, bytes, request, result });
  return result;
}

type SizedResult = HttpResult & { bytes: number };

async function perform(deps: HttpDeps, request: HttpRequest): Promise<SizedResult> {
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
      body: singleUseBody?.body ?? body ?? null,
      ...(singleUseBody && { duplex: 'half' }),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    request.onHead?.(headOf(response));
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      abort.abort();
      return { kind: 'failed', reason: 'redirect', bytes: 0 };
    }
    const read = await readBodyWithLimit(response, maxBytes);
    if (read.text === undefined) {
      abort.abort();
      return { kind: 'failed', reason: 'too-large', httpStatus: response.status, bytes: read.bytes };
    }
    return { ...redactResponse(request, response, read.text), bytes: read.bytes };
  } catch {
    const wasNotSent = singleUseBody !== undefined && !singleUseBody.wasConsumed();
    return { kind: 'failed', reason: timedOut ? 'timeout' : 'connection', unsent: wasNotSent, bytes: 0 };
  } finally {
    timer.abort();
  }
}

function headOf({ status, headers }: Response): ResponseHead {
  return { httpStatus: status, retryAfter: headers.get('retry-after'), date: headers.get('date') };
}

function redactResponse(request: HttpRequest, response: Response, body: string): HttpResponse {
  const { ok, headers } = response;
  const secret = request.takeSecret?.(parseJson(body));
  // The token may be in a field of another name, or in a truncated answer.
  const raw = request.takeSecret && ok && !secret ? body.replace(TOKEN_LIKE, REDACTED) : body;
  const parsed = parseJson(raw);
  const redactors = [request.redactor, ...(secret ? [createRedactor([secret])] : [])];
  const redact = (text: string) => redactors.reduce((result, redactor) => redactor.text(result), text);
  const json = redactors.reduce<unknown>(
    (result, redactor) => redactor.json(result, request.qrCodeId),
    parsed,
  );
  const contentType = headers.get('content-type');
  return {
    kind: 'response',
    contentType: contentType && redact(contentType).slice(0, 100),
    ...headOf(response),
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

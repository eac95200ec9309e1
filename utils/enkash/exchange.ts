import type { Clock } from '../clock.ts';
import { createBodyOnce } from './send-once.ts';

/** Chrome ends a worker's request after 30 s without an answer; giving up earlier keeps the reason in our hands. */
export const ANSWER_TIMEOUT_MS = 20_000;

export interface ExchangeRequest {
  url: string;
  method: 'GET' | 'POST' | 'PATCH';
  headers: Record<string, string>;
  body?: string;
  /** Must never leave a second time, by the browser's own doing either. */
  once?: boolean;
  /** The most bytes of an answer that are read before it is cut off. */
  maxBytes: number;
}

export type Exchange =
  | { kind: 'response'; httpStatus: number; retryAfter: string | null; text: string }
  | {
      kind: 'failed';
      reason: 'timeout' | 'connection' | 'redirect' | 'too-large';
      httpStatus?: number;
      /** Known not to have left, as nothing took its body. Told only of what must leave once. */
      unsent?: boolean;
    };

export interface ExchangeDeps {
  fetch: typeof fetch;
  clock: Clock;
}

/**
 * One request and its whole answer as text, within {@link ANSWER_TIMEOUT_MS}. Never follows a redirect,
 * never sends cookies, never throws. A manual redirect mode is used rather than `error`: neither follows,
 * but only this one can be told from a lost connection.
 */
export async function exchange(deps: ExchangeDeps, request: ExchangeRequest): Promise<Exchange> {
  const { url, method, headers, body, maxBytes } = request;
  const single = request.once && body !== undefined ? createBodyOnce(body) : undefined;
  const abort = new AbortController();
  let timedOut = false;
  const timer = new AbortController();
  deps.clock.sleep(ANSWER_TIMEOUT_MS, timer.signal).then(() => {
    timedOut = !timer.signal.aborted;
    if (timedOut) abort.abort();
  });
  try {
    const response = await deps.fetch(url, {
      method,
      headers,
      ...(single ? { body: single.body, duplex: 'half' } : body === undefined ? {} : { body }),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      abort.abort();
      return { kind: 'failed', reason: 'redirect' };
    }
    const text = await readCapped(response, maxBytes);
    if (text === undefined) {
      abort.abort();
      return { kind: 'failed', reason: 'too-large', httpStatus: response.status };
    }
    const retryAfter = response.headers.get('retry-after');
    return { kind: 'response', httpStatus: response.status, retryAfter, text };
  } catch {
    const unsent = single !== undefined && !single.asked();
    return { kind: 'failed', reason: timedOut ? 'timeout' : 'connection', unsent };
  } finally {
    timer.abort();
  }
}

async function readCapped(response: Response, maxBytes: number): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}

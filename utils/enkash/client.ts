import type { Account, AuthorizationScheme, GatewayMemoryStore, Keys, OpenKeys } from './account.ts';
import { type CreatedQrCode, createBody, type NewQrCode, readCreated } from './create.ts';
import { openEnvelope, readErrorBody } from './envelope.ts';
import type { GatewayAnswer, GatewayFailure, UnclearReason } from './errors.ts';
import { type Exchange, type ExchangeDeps, type ExchangeRequest, exchange } from './exchange.ts';
import { createUrl, qrCodeUrl, searchUrl } from './hosts.ts';
import { type QrCode, readQrCode } from './qr-code.ts';
import { isAhead, MAX_WAIT_MS, waitFromRetryAfter } from './retry-after.ts';
import { type GatewayFilters, MAX_PAGE_BYTES, readSearchPage, type SearchPage } from './search.ts';
import { createTokenSource } from './token.ts';

/** An answer for one QR code is some kilobytes; one beyond this is cut off. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** How often a call that the gateway turned away with 429 is sent again after the wait it asked for. */
const MAX_WAITS = 3;

export interface CallOptions {
  /** Told when the call is held back at the gateway's request, with the epoch ms at which it goes on. */
  onWait?: (until: number) => void;
  /** Waits for nothing: a call that is or would be held back fails at once and says until when. */
  atOnce?: boolean;
  /**
   * Asked before a call that the gateway turned away unread, for its token, goes out once more. Where it rejects, the
   * call stays turned away.
   */
  beforeSendingAgain?: () => Promise<void>;
}

export interface EnKashClient {
  /** Reads one QR code. The answer is for this very id, or a failure. */
  getQrCode(account: Account, qrCodeId: string, options?: CallOptions): Promise<GatewayAnswer<QrCode>>;
  /**
   * Sends one cancel. `answered` means that the gateway said code 0, `CANCELLED` and this very id; whether
   * an `unclear` one was carried out can only be told by reading the code. Sent again here only where the
   * gateway turned it away unread: token refused (117 or 401), or 429.
   */
  cancelQrCode(account: Account, qrCodeId: string, options?: CallOptions): Promise<GatewayAnswer<QrCode>>;
  /**
   * Reads one page of a search: `limit` codes at most, from the one numbered `offset` on. What the gateway makes of
   * the filters is not to be relied on. Changes nothing, whatever comes of it.
   */
  searchQrCodes(
    account: Account,
    filters: GatewayFilters,
    page: { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<GatewayAnswer<SearchPage>>;
  /**
   * Creates a QR code. `answered` means that the gateway said code 0 and the new code's id; whether an `unclear` one
   * was carried out can't be told, as there is no id to read. Sent again here only where the gateway refused its token
   * (117 or 401), which it does before anything else: neither after a 429 nor, where the browser has the means, on a
   * connection that was lost.
   */
  createQrCode(
    account: Account,
    asked: NewQrCode,
    options?: CallOptions,
  ): Promise<GatewayAnswer<CreatedQrCode>>;
}

export interface ClientDeps extends ExchangeDeps {
  openKeys: OpenKeys;
  memory: GatewayMemoryStore;
  /** `false` where the browser knows that it has no connection at all. */
  isOnline: () => boolean;
}

type Held = GatewayFailure & { kind: 'not-sent'; until: number };

type Call = Pick<ExchangeRequest, 'method' | 'url' | 'body' | 'once'> & { maxBytes?: number };

/** Builds the one way to the gateway's QR code calls. */
export function createEnKashClient(deps: ClientDeps): EnKashClient {
  const tokens = createTokenSource(deps);

  async function send(account: Account, call: Call, options: CallOptions): Promise<GatewayAnswer<unknown>> {
    for (let waits = 0; ; waits += 1) {
      const held = await waitForHold(account, options);
      if (held) return held;
      const answer = await sendSignedIn(account, call, options);
      if (answer.kind !== 'rate-limited' || options.atOnce) return answer;
      if (waits === MAX_WAITS || answer.until - deps.clock.now() > MAX_WAIT_MS) return answer;
    }
  }

  async function waitForHold(account: Account, options: CallOptions): Promise<Held | undefined> {
    const { holdUntil = 0 } = await deps.memory.read(account.id);
    const now = deps.clock.now();
    if (!isAhead(holdUntil, now)) return undefined;
    const wait = holdUntil - now;
    if (wait > MAX_WAIT_MS || options.atOnce)
      return { kind: 'not-sent', reason: 'asked-to-wait', until: holdUntil };
    options.onWait?.(holdUntil);
    await deps.clock.sleep(wait);
    return undefined;
  }

  /** One renewal of the token at most, then the other way to write the header once, then it is refused. */
  async function sendSignedIn(
    account: Account,
    call: Call,
    options: CallOptions,
  ): Promise<GatewayAnswer<unknown>> {
    const { beforeSendingAgain = async () => undefined } = options;
    if (!deps.isOnline()) return { kind: 'not-sent', reason: 'offline' };
    const opened = await deps.openKeys(account);
    if (!opened.ok) return { kind: 'not-sent', reason: opened.reason };
    const { keys } = opened;
    const { scheme = 'bearer' } = await deps.memory.read(account.id);
    let token = await tokens.get(account, keys);
    if (!token.ok) return holdBack(account, token.failure);
    let answer = await sendOnce(account, call, keys, token.token, scheme);
    if (answer.kind !== 'keys-refused') return answer;
    const maySendAgain = () =>
      beforeSendingAgain().then(
        () => true,
        () => false,
      );
    let held = await heldMeanwhile(account, answer, options);
    if (held) return held;
    if (keys.signIn === 'secret-key') {
      token = await tokens.get(account, keys, token.token);
      // One request has left by now, so "not sent" would be wrong; what is known is that it was turned away.
      if (!token.ok) {
        await holdBack(account, token.failure);
        return answer;
      }
      if (!(await maySendAgain())) return answer;
      answer = afterRefusal(answer, await sendOnce(account, call, keys, token.token, scheme));
      if (answer.kind !== 'keys-refused') return answer;
      held = await heldMeanwhile(account, answer, options);
      if (held) return held;
    }
    const other = scheme === 'bearer' ? 'bare' : 'bearer';
    if (!(await maySendAgain())) return answer;
    answer = afterRefusal(answer, await sendOnce(account, call, keys, token.token, other));
    if (answer.kind !== 'keys-refused') await deps.memory.write(account.id, { scheme: other });
    return answer;
  }

  /**
   * While a call was under way that the gateway then turned away for its token, another one may have been told to
   * wait. That holds for a new token and for this call too, which was turned away unread.
   */
  async function heldMeanwhile(
    account: Account,
    { message }: GatewayFailure & { kind: 'keys-refused' },
    options: CallOptions,
  ): Promise<GatewayFailure | undefined> {
    const held = await waitForHold(account, options);
    return held && { kind: 'rate-limited', until: held.until, message };
  }

  async function sendOnce(
    account: Account,
    call: Call,
    keys: Keys,
    token: string,
    scheme: AuthorizationScheme,
  ): Promise<GatewayAnswer<unknown>> {
    const answer = await exchange(deps, {
      maxBytes: MAX_ANSWER_BYTES,
      ...call,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        merchantAccessKey: keys.accessKey,
        Authorization: scheme === 'bearer' ? `Bearer ${token}` : token,
      },
    });
    return holdBack(account, understand(answer, deps.clock.now()), answer);
  }

  /** Remembers how long the gateway asked to be left alone, so that every later call obeys it too. */
  async function holdBack(
    account: Account,
    answer: GatewayAnswer<unknown>,
    from?: Exchange,
  ): Promise<GatewayAnswer<unknown>> {
    const now = deps.clock.now();
    const until = answer.kind === 'rate-limited' ? answer.until : busyUntil(from, now);
    if (until !== undefined && isAhead(until, now)) await deps.memory.write(account.id, { holdUntil: until });
    return answer;
  }

  async function callFor(
    account: Account,
    qrCodeId: string,
    method: 'GET' | 'PATCH',
    options: CallOptions = {},
  ): Promise<GatewayAnswer<QrCode>> {
    const url = urlOf(account, qrCodeId, method);
    if (!url) return { kind: 'not-sent', reason: 'invalid-id' };
    const call: Call = method === 'PATCH' ? { method, url, body: '{}' } : { method, url };
    const answer = await send(account, call, options);
    return answer.kind === 'answered' ? aboutThisId(answer, qrCodeId) : answer;
  }

  return {
    getQrCode: (account, qrCodeId, options) => callFor(account, qrCodeId, 'GET', options),
    async cancelQrCode(account, qrCodeId, options) {
      const answer = await callFor(account, qrCodeId, 'PATCH', options);
      if (answer.kind !== 'answered' || answer.payload.status === 'CANCELLED') return answer;
      return { kind: 'unclear', reason: 'not-cancelled-in-answer', message: answer.message };
    },
    async searchQrCodes(account, filters, { offset, limit }, options = {}) {
      const url = searchUrl(account.environment, offset, limit);
      const body = JSON.stringify(filters);
      const answer = await send(account, { method: 'POST', url, body, maxBytes: MAX_PAGE_BYTES }, options);
      if (answer.kind !== 'answered') return answer;
      const payload = readSearchPage(answer.payload);
      return payload ? { ...answer, payload } : unclear('wrong-shape', undefined, answer.message);
    },
    async createQrCode(account, asked, options = {}) {
      const call: Call = {
        method: 'POST',
        url: createUrl(account.environment),
        body: createBody(asked),
        once: true,
      };
      const answer = await send(account, call, { ...options, atOnce: true });
      if (answer.kind !== 'answered') return answer;
      const payload = readCreated(answer.payload);
      return payload ? { ...answer, payload } : unclear('no-id', undefined, answer.message);
    },
  };
}

/** Where a second sending did not leave, all that is known is that the first was refused. */
function afterRefusal<Later extends GatewayAnswer<unknown>>(refused: Later, later: Later): Later {
  return later.kind === 'not-sent' ? refused : later;
}

function urlOf(account: Account, qrCodeId: string, method: 'GET' | 'PATCH'): string | undefined {
  try {
    return qrCodeUrl(account.environment, qrCodeId, method === 'PATCH' ? 'cancel' : undefined);
  } catch {
    return undefined;
  }
}

function aboutThisId(
  answer: { kind: 'answered'; code: 0; message: string; payload: unknown },
  qrCodeId: string,
): GatewayAnswer<QrCode> {
  const payload = readQrCode(answer.payload);
  if (!payload?.qrCodeId) return { kind: 'unclear', reason: 'wrong-shape', message: answer.message };
  if (payload.qrCodeId === qrCodeId) return { ...answer, payload };
  const { qrCodeId: answeredId } = payload;
  return { kind: 'unclear', reason: 'another-id', answeredId, message: answer.message };
}

/** Sorts an answer by what it says of the call: done, refused, or not to be told. */
function understand(answer: Exchange, now: number): GatewayAnswer<unknown> {
  if (answer.kind === 'failed')
    return answer.unsent
      ? { kind: 'not-sent', reason: 'not-once' }
      : unclear(answer.reason, answer.httpStatus);
  const { httpStatus, retryAfter, text } = answer;
  if (httpStatus >= 200 && httpStatus < 300) return understandSuccess(httpStatus, text);
  const { code, message } = readErrorBody(text);
  if (httpStatus === 401) return { kind: 'keys-refused', httpStatus, code, message };
  if (httpStatus === 404) return { kind: 'not-found', httpStatus, code, message };
  if (httpStatus === 429)
    return { kind: 'rate-limited', until: now + waitFromRetryAfter(retryAfter, now), message };
  if (httpStatus >= 500 || httpStatus === 408) return unclear('server-error', httpStatus, message);
  return { kind: 'rejected', httpStatus, code, message };
}

function understandSuccess(httpStatus: number, text: string): GatewayAnswer<unknown> {
  const opened = openEnvelope(text);
  switch (opened.kind) {
    case 'success':
      return { kind: 'answered', code: 0, message: opened.message, payload: opened.payload };
    case 'rejected':
      return { kind: 'rejected', httpStatus, code: opened.code, message: opened.message };
    case 'token-refused':
      return { kind: 'keys-refused', httpStatus, code: opened.code, message: opened.message };
    case 'unreadable':
      return unclear(opened.reason, httpStatus);
  }
}

function unclear(reason: UnclearReason, httpStatus?: number, message?: string): GatewayFailure {
  return {
    kind: 'unclear',
    reason,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(message ? { message } : {}),
  };
}

/** A 503 that names a time is obeyed like a 429, though the call itself may have been carried out. */
function busyUntil(answer: Exchange | undefined, now: number): number | undefined {
  if (answer?.kind !== 'response' || answer.httpStatus !== 503 || answer.retryAfter === null)
    return undefined;
  return now + waitFromRetryAfter(answer.retryAfter, now);
}

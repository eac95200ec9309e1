import type {
  Account,
  AuthorizationScheme,
  Credentials,
  GatewaySessionStore,
  GetCredentials,
} from '../model/account.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import type { CallOptions } from './call-options.ts';
import { GATEWAY_ORIGINS } from './hosts.ts';
import { type HttpDeps, type HttpRequest, sendHttp } from './http.ts';
import { type Interpretation, interpretResponse, type ReadPayload } from './interpret-response.ts';
import type { RateLimitGate } from './rate-limit-gate.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { MAX_INLINE_WAIT_MS } from './retry-after.ts';
import type { TokenFailure, TokenProvider } from './token.ts';

/** How often a call that the gateway refused with 429 is sent again after the wait it asked for. */
const MAX_RATE_LIMIT_RETRIES = 3;

export interface Call<Payload>
  extends Pick<HttpRequest, 'method' | 'url' | 'body' | 'singleUse' | 'maxBytes' | 'qrCodeId'> {
  read: ReadPayload<Payload>;
  /** Whether it only reads, so that one try more or less changes nothing. */
  isRead: boolean;
}

export interface AuthorizedRequestDeps extends HttpDeps {
  openKeys: GetCredentials;
  memory: GatewaySessionStore;
  tokens: TokenProvider;
  gate: RateLimitGate;
  /** `false` if the browser believes that it has no connection. That is a hint: it is wrong at times. */
  isOnline: () => boolean;
}

/** Sends a call with an account's keys and interprets the answer. Never throws. */
export type AuthorizedRequest = <Payload>(
  account: Account,
  call: Call<Payload>,
  options: CallOptions,
) => Promise<GatewayResult<Payload>>;

/** One sending, and what decides on the next one. */
interface Sent<Payload> extends Interpretation<Payload> {
  sentToken: string;
  scheme: AuthorizationScheme;
  /** Whether the token can be fetched anew. */
  isRenewable: boolean;
}

/** What is known of the sendings of one call. */
interface Progress {
  /** Whether it has left, so that the caller has to agree before it does so again. */
  hasLeft: boolean;
  /** The HTTP status of an intermediary's answer: that sending may have been carried out. */
  intermediarys?: number;
}

/** Stands for a sending that the caller did not agree to; the earlier refusal is reported in its place. */
const NOT_AGREED: GatewayFailure = { kind: 'not-sent', reason: 'locked' };

/**
 * Builds the one way to send a call with keys. A call leaves once; again only if the answer may mean that the token was
 * refused (with a renewed token, then with the other way to write the header: three attempts at most) or if it is a 429.
 * Before each of these the keys are opened anew and the caller agrees, so that nothing leaves after a lock, a pause or
 * the removal of the account, and each sending is counted.
 */
export function createAuthorizedRequest(deps: AuthorizedRequestDeps): AuthorizedRequest {
  const { memory, tokens, gate, openKeys } = deps;
  const redactors = new WeakMap<Credentials, { tokens: ReadonlySet<string>; redactor: Redactor }>();

  /** Building one takes a millisecond; it lives as long as the opened keys, and knows every token used with them. */
  function redactorFor(keys: Credentials, tokens: readonly string[]): Redactor {
    const known = redactors.get(keys);
    if (known && tokens.every((token) => known.tokens.has(token))) return known.redactor;
    const secret = keys.authMethod === 'secret-key' ? keys.secretKey : keys.authorizationToken;
    const all = new Set([...(known?.tokens ?? []), ...tokens]);
    const redactor = createRedactor([keys.accessKey, secret, ...all]);
    redactors.set(keys, { tokens: all, redactor });
    return redactor;
  }

  return async function request<Payload>(
    account: Account,
    call: Call<Payload>,
    options: CallOptions,
  ): Promise<GatewayResult<Payload>> {
    /** The answer to the last sending: as long as nothing else leaves, it is all that is known. */
    let last: GatewayResult<Payload> | undefined;
    const progress: Progress = { hasLeft: false };
    if (!call.isRead && !deps.isOnline() && !(await isReachable(deps, account)))
      return { kind: 'not-sent', reason: 'offline' };
    for (let waits = 0; waits <= MAX_RATE_LIMIT_RETRIES; waits += 1) {
      const held = await gate.pass(account, options);
      if (held) return last ?? held;
      const answer = await round(account, call, options, progress);
      last = answer.kind === 'not-sent' && progress.hasLeft ? (last ?? answer) : answer;
      const until = retryAtOf(answer);
      if (until === undefined || options.failFast || until - deps.clock.now() > MAX_INLINE_WAIT_MS)
        return last;
    }
    return last as GatewayResult<Payload>;
  };

  /** Sends a call until it is clear that its token was not the reason of a refusal. */
  async function round<Payload>(
    account: Account,
    call: Call<Payload>,
    options: CallOptions,
    progress: Progress,
  ): Promise<GatewayResult<Payload>> {
    const first = await attempt(account, call, options, { progress });
    if (!('scheme' in first) || !mayLeaveAgain(call, first)) return first.answer;
    if (!first.isRenewable && !mayBeScheme(first.answer)) return first.answer;
    const held = await rateLimitedMeanwhile(account, first.answer, options);
    if (held) return held;
    const second = await attempt(account, call, options, { progress, refused: first.sentToken });
    if (!hasLeftAgain(second)) return keepRefusalIfUnsent(first, second.answer);
    if (!mayLeaveAgain(call, second) || !mayBeScheme(second.answer)) return second.answer;
    if (second.scheme !== first.scheme) return second.answer;
    const heldAgain = await rateLimitedMeanwhile(account, second.answer, options);
    if (heldAgain) return heldAgain;
    const third = await attempt(account, call, options, { progress, otherScheme: true });
    return hasLeftAgain(third) ? third.answer : keepRefusalIfUnsent(second, third.answer);
  }

  interface How {
    progress: Progress;
    /** The token that was refused. */
    refused?: string;
    otherScheme?: boolean;
  }

  async function attempt<Payload>(
    account: Account,
    call: Call<Payload>,
    options: CallOptions,
    { progress, refused, otherScheme = false }: How,
  ): Promise<Sent<Payload> | { answer: GatewayFailure }> {
    let opened = await openKeys(account);
    if (!opened.ok) return { answer: { kind: 'not-sent', reason: opened.reason } };
    const token = await tokens.get(account, opened.keys, refused);
    if (!token.ok) {
      await gate.note(account, token.failure);
      return { answer: deps.isOnline() ? token.failure : offlineIfUnreachable(token.failure) };
    }
    const { scheme: usual = 'bearer' } = await memory.read(account.id);
    // A token that can't be renewed is tried in the other way of writing at once.
    const isOther = otherScheme || (refused !== undefined && token.token === refused);
    const scheme = isOther ? other(usual) : usual;
    if (progress.hasLeft && !(await agreed(options, progress))) return { answer: NOT_AGREED };
    opened = await openKeys(account);
    if (!opened.ok) return { answer: { kind: 'not-sent', reason: opened.reason } };
    const { read, isRead: _, ...httpRequest } = call;
    const result = await sendHttp(deps, {
      ...httpRequest,
      headers: headersFor(opened.keys, token.token, scheme),
      redactor: redactorFor(opened.keys, refused === undefined ? [token.token] : [token.token, refused]),
    });
    const interpreted = interpretResponse(result, deps.clock.now(), read);
    progress.hasLeft = true;
    if (!interpreted.isEnKashs && result.kind === 'response') progress.intermediarys = result.httpStatus;
    await gate.note(account, interpreted.answer, result);
    if (isOther && settlesScheme(interpreted)) await memory.write(account.id, { scheme });
    const answer = deps.isOnline() ? interpreted.answer : offlineIfUnread(call, interpreted.answer);
    const isRenewable = opened.keys.authMethod === 'secret-key';
    return { ...interpreted, answer, sentToken: token.token, scheme, isRenewable };
  }

  /**
   * While a call was under way whose token was then refused, another one may have been asked to wait. That holds for a
   * new token and for this call too.
   */
  async function rateLimitedMeanwhile<Payload>(
    account: Account,
    answer: GatewayResult<Payload>,
    options: CallOptions,
  ): Promise<GatewayResult<Payload> | undefined> {
    const held = await gate.pass(account, options);
    if (!held) return undefined;
    return putOff(answer, held.until);
  }
}

/** A call that can't leave again before a time. Only EnKash's own refusal says that it was not carried out. */
function putOff<Payload>(answer: GatewayResult<Payload>, until: number): GatewayResult<Payload> {
  if (answer.kind !== 'unauthorized') return answer;
  const { code, message } = answer;
  return { kind: 'rate-limited', until, message, ...(code === null ? {} : { code }) };
}

function hasLeftAgain<Payload>(next: Sent<Payload> | { answer: GatewayFailure }): next is Sent<Payload> {
  return 'scheme' in next && next.answer.kind !== 'not-sent';
}

function headersFor(keys: Credentials, token: string, scheme: AuthorizationScheme): Record<string, string> {
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    merchantAccessKey: keys.accessKey,
    Authorization: scheme === 'bearer' ? `Bearer ${token}` : token,
  };
}

function other(scheme: AuthorizationScheme): AuthorizationScheme {
  return scheme === 'bearer' ? 'bare' : 'bearer';
}

async function agreed({ beforeResend }: CallOptions, { intermediarys }: Progress): Promise<boolean> {
  try {
    await beforeResend?.(intermediarys);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a refusal may have been the token's. What must leave once leaves again only if EnKash itself refused the token:
 * after an intermediary's refusal it may have been carried out, and no read can tell.
 */
function mayLeaveAgain(call: Pick<HttpRequest, 'singleUse'>, { token }: Interpretation<unknown>): boolean {
  return call.singleUse ? token === 'refused' : token !== undefined;
}

/** Whether an answer shows that EnKash accepted the header: its own word on the call itself. */
function settlesScheme({ answer, isEnKashs, token }: Interpretation<unknown>): boolean {
  return isEnKashs && !token && ['answered', 'rejected', 'not-found'].includes(answer.kind);
}

/** Whether a refusal may mean the way in which the header is written: 401 may, 403 means the caller. */
function mayBeScheme(answer: GatewayResult<unknown>): boolean {
  return answer.kind === 'unauthorized' || ('httpStatus' in answer && answer.httpStatus === 401);
}

/** A further sending did not leave: the earlier refusal is all that is known, and why no token could be fetched. */
function keepRefusalIfUnsent<Payload>(
  { answer, token }: Interpretation<Payload>,
  failure: GatewayResult<unknown>,
): GatewayResult<Payload> {
  // An intermediary's refusal says nothing of what the call did.
  if (token !== 'refused') return answer;
  const why = failure as TokenFailure;
  const { reason, httpStatus, message = '', until } = why;
  if (until !== undefined) return putOff(answer, until);
  if (reason === 'unauthorized')
    return { kind: 'unauthorized', httpStatus: httpStatus ?? 0, code: null, message };
  if (reason !== 'auth-unavailable' && reason !== 'unreachable') return answer;
  return {
    kind: 'sign-in-failed',
    reason,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(message ? { message } : {}),
  };
}

/** The browser says that it is offline, and a read found no connection either. */
function offlineIfUnread<Payload>(
  call: Call<Payload>,
  answer: GatewayResult<Payload>,
): GatewayResult<Payload> {
  const isLost = answer.kind === 'ambiguous' && answer.reason === 'connection';
  return call.isRead && isLost ? { kind: 'not-sent', reason: 'offline' } : answer;
}

function offlineIfUnreachable(failure: TokenFailure): TokenFailure {
  const isLost = failure.kind === 'not-sent' && failure.reason === 'unreachable';
  return isLost ? { kind: 'not-sent', reason: 'offline' } : failure;
}

/** One try that changes nothing, without keys, before something is sent that does. */
async function isReachable(deps: HttpDeps, { environment }: Account): Promise<boolean> {
  const result = await sendHttp(deps, {
    method: 'GET',
    url: `${GATEWAY_ORIGINS[environment]}/`,
    headers: {},
    maxBytes: 64 * 1024,
    redactor: createRedactor([]),
  });
  return result.kind === 'response' || result.reason !== 'connection';
}

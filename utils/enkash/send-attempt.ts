import type {
  AccountRef,
  AuthorizationScheme,
  Credentials,
  GatewaySessionStore,
  GetCredentials,
} from '../model/account.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import type { CallOptions } from './call-options.ts';
import { type HttpDeps, type HttpRequest, sendHttp } from './http.ts';
import { type Interpretation, interpretResponse, type ReadPayload } from './interpret-response.ts';
import type { RateLimitGate } from './rate-limit-gate.ts';
import { createRedactor, type Redactor } from './redact.ts';
import type { TokenProvider } from './token.ts';

export interface Call<Payload>
  extends Pick<HttpRequest, 'method' | 'url' | 'body' | 'singleUse' | 'maxBytes' | 'qrCodeId'> {
  read: ReadPayload<Payload>;
  /** Whether it only reads, so that an extra send changes nothing. */
  isRead: boolean;
}

/** A call with its account, and the state of its earlier sends. */
export interface PendingCall<Payload> {
  account: AccountRef;
  call: Call<Payload>;
  options: CallOptions;
  /** Whether it was sent before, so that the caller must agree to another send. */
  wasSent: boolean;
  /** The HTTP status of an intermediary's answer: that send may have been carried out. */
  intermediaryStatus?: number;
}

export interface AttemptDeps extends HttpDeps {
  openKeys: GetCredentials;
  memory: GatewaySessionStore;
  tokens: TokenProvider;
  gate: RateLimitGate;
  /** `false` if the browser reports no connection. Only a hint: the browser may be wrong. */
  isOnline: () => boolean;
}

/** One send, with what decides on the next one. */
export interface Sent<Payload> extends Interpretation<Payload> {
  sentToken: string;
  scheme: AuthorizationScheme;
  /** Whether another token can be fetched. */
  isRenewable: boolean;
}

/** A send, or the reason that nothing was sent. */
export type AttemptResult<Payload> = Sent<Payload> | { answer: GatewayFailure };

interface AttemptOptions {
  /** The token that was refused. */
  refused?: string;
  otherScheme?: boolean;
}

/** Sends a pending call once, with the account's keys and a token. Never throws. */
export type SendAttempt = <Payload>(
  pending: PendingCall<Payload>,
  options?: AttemptOptions,
) => Promise<AttemptResult<Payload>>;

/** The result of a resend that the caller rejected. The earlier refusal is reported instead. */
const NOT_AGREED: GatewayFailure = { kind: 'not-sent', reason: 'locked' };

function blocked(until: number): GatewayFailure {
  return { kind: 'not-sent', reason: 'rate-limited', until };
}

/** Builds the sender of attempts. Keys are opened again right before each send, so that nothing leaves after a lock. */
export function createSendAttempt(deps: AttemptDeps): SendAttempt {
  const { memory, tokens, gate, openKeys } = deps;
  const redactorFor = createRedactorCache();

  return async (pending, { refused, otherScheme = false } = {}) => {
    const { account, call } = pending;
    let opened = await openKeys(account);
    if (!opened.ok) return { answer: { kind: 'not-sent', reason: opened.reason } };
    const token = await tokens.get(account, opened.keys, refused);
    if (!token.ok) {
      await gate.record(account, token.failure);
      return { answer: deps.isOnline() ? token.failure : offlineIfLost(token.failure) };
    }
    // Before the caller agrees, because it counts the resend then.
    const isResend = pending.wasSent;
    const resendBlockedUntil = isResend
      ? gate.blockedUntil(account, await memory.read(account.id))
      : undefined;
    if (resendBlockedUntil !== undefined) return { answer: blocked(resendBlockedUntil) };
    if (pending.wasSent && !(await isResendAgreed(pending))) return { answer: NOT_AGREED };
    opened = await openKeys(account);
    if (!opened.ok) return { answer: { kind: 'not-sent', reason: opened.reason } };
    const session = await memory.read(account.id);
    const { scheme: usual = 'bearer' } = session;
    // A token that can't be renewed is sent with the other scheme at once.
    const isOther = otherScheme || (refused !== undefined && token.token === refused);
    const scheme = isOther ? otherThan(usual) : usual;
    const blockedUntil = gate.blockedUntil(account, session);
    if (blockedUntil !== undefined && !isResend) return { answer: blocked(blockedUntil) };
    const { read, isRead: _, ...httpRequest } = call;
    const result = await sendHttp(deps, {
      ...httpRequest,
      headers: headersFor(opened.keys, token.token, scheme),
      onHead: (head) => gate.noteHead(account, head),
      redactor: redactorFor(opened.keys, refused === undefined ? [token.token] : [token.token, refused]),
    });
    const interpreted = interpretResponse(result, deps.clock.now(), read);
    pending.wasSent = true;
    if (!interpreted.isFromEnKash && result.kind === 'response')
      pending.intermediaryStatus = result.httpStatus;
    await gate.record(account, interpreted.answer, result);
    if (isOther && confirmsScheme(interpreted)) await memory.write(account.id, { scheme });
    const isOffline = call.isRead && !deps.isOnline();
    const answer = isOffline ? offlineIfLost(interpreted.answer) : interpreted.answer;
    const isRenewable = opened.keys.authMethod === 'secret-key';
    return { ...interpreted, answer, sentToken: token.token, scheme, isRenewable };
  };
}

/** Caches redactors, because building one takes a millisecond. One covers all tokens used with the same keys object. */
function createRedactorCache() {
  const redactors = new WeakMap<Credentials, { tokens: ReadonlySet<string>; redactor: Redactor }>();

  return (keys: Credentials, tokens: readonly string[]): Redactor => {
    const known = redactors.get(keys);
    if (known && tokens.every((token) => known.tokens.has(token))) return known.redactor;
    const secret = keys.authMethod === 'secret-key' ? keys.secretKey : keys.authorizationToken;
    const all = new Set([...(known?.tokens ?? []), ...tokens]);
    const redactor = createRedactor([keys.accessKey, secret, ...all]);
    redactors.set(keys, { tokens: all, redactor });
    return redactor;
  };
}

function headersFor(keys: Credentials, token: string, scheme: AuthorizationScheme): Record<string, string> {
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    merchantAccessKey: keys.accessKey,
    Authorization: scheme === 'bearer' ? `Bearer ${token}` : token,
  };
}

function otherThan(scheme: AuthorizationScheme): AuthorizationScheme {
  return scheme === 'bearer' ? 'bare' : 'bearer';
}

async function isResendAgreed({ options, intermediaryStatus }: PendingCall<unknown>): Promise<boolean> {
  try {
    await options.beforeResend?.(intermediaryStatus);
    return true;
  } catch {
    return false;
  }
}

/** Whether an answer shows that EnKash accepted the header: its own answer to the call itself. */
function confirmsScheme({ answer, isFromEnKash, token }: Interpretation<unknown>): boolean {
  return isFromEnKash && !token && ['answered', 'rejected', 'not-found'].includes(answer.kind);
}

/** Replaces a lost connection by `offline`, for calls that change nothing while the browser reports no connection. */
function offlineIfLost<Answer extends GatewayResult<unknown>>(answer: Answer): Answer | GatewayFailure {
  const isLost = 'reason' in answer && ['connection', 'unreachable'].includes(answer.reason);
  return isLost ? { kind: 'not-sent', reason: 'offline' } : answer;
}

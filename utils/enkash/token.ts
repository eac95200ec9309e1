import type { AccountRef, Credentials, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { tokenUrl } from './hosts.ts';
import { type HttpDeps, type HttpResponse, sendHttp } from './http.ts';
import { type Envelope, readEnvelope, wordsOfIntermediary } from './interpret-response.ts';
import { createRedactor } from './redact.ts';
import { parseRetryAfter } from './retry-after.ts';

/** A token is renewed this long before it expires, so that it does not expire in transit. */
const REFRESH_MARGIN_MS = 60_000;
/** As epoch ms, a number below this would be before 1973; the gateway then means a duration. */
const MIN_EPOCH_MS = 1e11;
const MAX_TOKEN_ANSWER_BYTES = 64 * 1024;

/** The reason that there is no token. */
export type TokenFailure = GatewayFailure & { kind: 'not-sent' };
export type TokenResult = { ok: true; token: string } | { ok: false; failure: TokenFailure };

export interface TokenProvider {
  /**
   * Returns the cached token, unless it was refused or is about to expire; otherwise fetches one. If the keys are locked
   * or removed during the fetch, drops the token and returns the reason. If they are replaced, signs in with the new
   * keys.
   */
  get(account: AccountRef, keys: Credentials, refused?: string): Promise<TokenResult>;
}

/** Caches tokens and fetches them, with one call per account at a time. */
export function createTokenProvider(deps: Deps): TokenProvider {
  const inFlight = new Map<string, Promise<TokenResult>>();
  return {
    async get(account, keys, refused) {
      if (keys.authMethod === 'authorization-token') return { ok: true, token: keys.authorizationToken };
      const cached = await cachedToken(deps, account.id, refused);
      if (cached) return { ok: true, token: cached };
      let running = inFlight.get(account.id);
      if (!running) {
        running = refresh(deps, account, keys, refused).finally(() => inFlight.delete(account.id));
        inFlight.set(account.id, running);
      }
      return running;
    },
  };
}

type Deps = HttpDeps & { memory: GatewaySessionStore; openKeys: GetCredentials };

async function cachedToken(deps: Deps, accountId: string, refused?: string): Promise<string | undefined> {
  const { token, tokenExpiresAt } = await deps.memory.read(accountId);
  const isFresh = !tokenExpiresAt || tokenExpiresAt - REFRESH_MARGIN_MS > deps.clock.now();
  return token !== refused && isFresh ? token : undefined;
}

/** Reads the cache once more before fetching, because another renewal may have ended in between. */
async function refresh(
  deps: Deps,
  account: AccountRef,
  keys: Credentials & { authMethod: 'secret-key' },
  refused?: string,
): Promise<TokenResult> {
  const token = await cachedToken(deps, account.id, refused);
  if (token) return { ok: true, token };
  const { token: outdated } = await deps.memory.read(account.id);
  return fetchToken(deps, account, keys, [outdated, refused]);
}

async function fetchToken(
  deps: Deps,
  account: AccountRef,
  keys: Credentials & { authMethod: 'secret-key' },
  outdated: (string | undefined)[],
): Promise<TokenResult> {
  const { accessKey, secretKey } = keys;
  const answer = await sendHttp(deps, {
    url: tokenUrl(account.environment),
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'API-Key': accessKey },
    body: JSON.stringify({ accessKey, secretKey }),
    maxBytes: MAX_TOKEN_ANSWER_BYTES,
    redactor: createRedactor([accessKey, secretKey, ...outdated.filter((token) => token !== undefined)]),
    takeSecret: tokenIn,
  });
  if (answer.kind === 'failed') {
    const reason = answer.reason === 'connection' ? 'unreachable' : 'auth-unavailable';
    return { ok: false, failure: { kind: 'not-sent', reason } };
  }
  const { httpStatus, secret: token, json } = answer;
  if (token && httpStatus >= 200 && httpStatus < 300) {
    // The vault may have been locked, or the account removed, during the call.
    const opened = await deps.openKeys(account);
    if (!opened.ok) return { ok: false, failure: { kind: 'not-sent', reason: opened.reason } };
    const { keys: current } = opened;
    if (current.authMethod === 'authorization-token') return { ok: true, token: current.authorizationToken };
    // If the keys were replaced during the call, the token may belong to another merchant.
    if (current.accessKey !== accessKey || current.secretKey !== secretKey)
      return fetchToken(deps, account, current, outdated);
    const tokenExpiresAt = expiresAt(expiryIn(json), deps.clock.now());
    await deps.memory.write(account.id, { token, tokenExpiresAt });
    return { ok: true, token };
  }
  return { ok: false, failure: tokenFailureOf(answer, deps.clock.now()) };
}

function tokenFailureOf(
  { httpStatus, json, text, retryAfter, date }: HttpResponse,
  now: number,
): TokenFailure {
  const envelope = readEnvelope(json);
  const message = envelope?.message || wordsOfIntermediary(json, text);
  if (httpStatus === 429) {
    const until = now + parseRetryAfter(retryAfter, now, date);
    return { kind: 'not-sent', reason: 'rate-limited', until, message };
  }
  const reason = envelope && refusesKeys(httpStatus, envelope) ? 'unauthorized' : 'auth-unavailable';
  return { kind: 'not-sent', reason, httpStatus, ...(message ? { message } : {}) };
}

/** HTTP statuses and codes with which EnKash's envelope may refuse the keys. */
const ABOUT_KEYS = [200, 400, 401, 403, 422];
/** A message about the form of the call rather than the keys. */
const ABOUT_THE_CALL =
  /header|media type|method|parameter|required|missing|not present|unsupported|malformed/i;

/** Whether EnKash refused the keys. Every other failure may be temporary. */
function refusesKeys(httpStatus: number, { code, message }: Envelope): boolean {
  if (!ABOUT_KEYS.includes(httpStatus) || ABOUT_THE_CALL.test(message)) return false;
  // A code that repeats an HTTP status means the same as that status.
  const isOtherStatus = code !== undefined && code >= 400 && code < 600 && !ABOUT_KEYS.includes(code);
  return code !== undefined && code !== 0 && code !== 200 && !isOtherStatus;
}

/** The objects that may contain the token: the answer itself, or one level deeper. */
function containersIn(json: unknown): Record<string, unknown>[] {
  const answer = Object(json);
  return [answer, Object(answer.payload), Object(answer.data)];
}

function tokenIn(json: unknown): string | undefined {
  const found = containersIn(json).find(({ token }) => typeof token === 'string' && token !== '');
  return found && String(found.token);
}

function expiryIn(json: unknown): number | undefined {
  const times = containersIn(json).map(({ expiry }) => expiry);
  return times.find((expiry): expiry is number => typeof expiry === 'number');
}

/** A missing expiry, or one that is already past, is ignored: the token is used until it is refused. */
function expiresAt(expiry: number | undefined, now: number): number | undefined {
  if (expiry === undefined) return undefined;
  const at = expiry < MIN_EPOCH_MS ? now + expiry : expiry;
  return at - REFRESH_MARGIN_MS > now ? at : undefined;
}

import type { Account, Credentials, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { tokenUrl } from './hosts.ts';
import { type HttpDeps, type HttpResponse, sendHttp } from './http.ts';
import { type Envelope, readEnvelope, wordsOfIntermediary } from './interpret-response.ts';
import { createRedactor } from './redact.ts';
import { parseRetryAfter } from './retry-after.ts';

/** A token is renewed this long before its end, so that it does not run out on the way. */
const REFRESH_MARGIN_MS = 60_000;
/** A number below this can't be a date after 1973; the gateway then means a duration. */
const MIN_EPOCH_MS = 1e11;
const MAX_TOKEN_ANSWER_BYTES = 64 * 1024;

/** Why there is no token. */
export type TokenFailure = GatewayFailure & { kind: 'not-sent' };
export type TokenResult = { ok: true; token: string } | { ok: false; failure: TokenFailure };

export interface TokenProvider {
  /**
   * The account's token: the one at hand, unless it is the refused one or about to end. A token that arrives after the
   * keys were locked or removed is dropped, and the failure says why. If they were replaced, it is that of the new keys.
   */
  get(account: Account, keys: Credentials, refused?: string): Promise<TokenResult>;
}

/** Fetches tokens, one call at a time for an account however many ask for it. */
export function createTokenProvider(deps: Deps): TokenProvider {
  const inFlight = new Map<string, Promise<TokenResult>>();
  return {
    async get(account, keys, refused) {
      if (keys.authMethod === 'authorization-token') return { ok: true, token: keys.authorizationToken };
      const atHand = await cachedToken(deps, account.id, refused);
      if (atHand) return { ok: true, token: atHand };
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
  const fresh = !tokenExpiresAt || tokenExpiresAt - REFRESH_MARGIN_MS > deps.clock.now();
  return token !== refused && fresh ? token : undefined;
}

/** Looks once more before fetching: another renewal may have ended between the first look and this one. */
async function refresh(
  deps: Deps,
  account: Account,
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
  account: Account,
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
    // The vault may have been locked, or the account removed, while the gateway was asked.
    const opened = await deps.openKeys(account);
    if (!opened.ok) return { ok: false, failure: { kind: 'not-sent', reason: opened.reason } };
    const { keys: inForce } = opened;
    if (inForce.authMethod === 'authorization-token') return { ok: true, token: inForce.authorizationToken };
    // A token of keys that were replaced meanwhile may be another merchant's.
    if (inForce.accessKey !== accessKey || inForce.secretKey !== secretKey)
      return fetchToken(deps, account, inForce, outdated);
    const tokenExpiresAt = expiresAt(expiryIn(json), deps.clock.now());
    await deps.memory.write(account.id, { token, tokenExpiresAt });
    return { ok: true, token };
  }
  return { ok: false, failure: whyNoToken(answer, deps.clock.now()) };
}

function whyNoToken({ httpStatus, json, text, retryAfter, date }: HttpResponse, now: number): TokenFailure {
  const envelope = readEnvelope(json);
  const message = envelope?.message || wordsOfIntermediary(json, text);
  if (httpStatus === 429) {
    const until = now + parseRetryAfter(retryAfter, now, date);
    return { kind: 'not-sent', reason: 'rate-limited', until, message };
  }
  const reason = envelope && refusesKeys(httpStatus, envelope) ? 'unauthorized' : 'auth-unavailable';
  return { kind: 'not-sent', reason, httpStatus, ...(message ? { message } : {}) };
}

/** HTTP statuses and codes under which EnKash's envelope can mean the keys themselves. */
const ABOUT_KEYS = [200, 400, 401, 403, 422];
/** A message that speaks of the form of the call rather than of the keys. */
const ABOUT_THE_CALL =
  /header|media type|method|parameter|required|missing|not present|unsupported|malformed/i;

/** Whether EnKash says that it does not take the keys. Every other failure may pass, and the keys stay as they are. */
function refusesKeys(httpStatus: number, { code, message }: Envelope): boolean {
  if (!ABOUT_KEYS.includes(httpStatus) || ABOUT_THE_CALL.test(message)) return false;
  // Codes that repeat an HTTP status mean the same as that status.
  const isOtherStatus = code !== undefined && code >= 400 && code < 600 && !ABOUT_KEYS.includes(code);
  return code !== undefined && code !== 0 && code !== 200 && !isOtherStatus;
}

/** Where the token may stand: in the answer itself, or one level deeper. */
function holdersIn(json: unknown): Record<string, unknown>[] {
  const answer = Object(json);
  return [answer, Object(answer.payload), Object(answer.data)];
}

function tokenIn(json: unknown): string | undefined {
  const found = holdersIn(json).find(({ token }) => typeof token === 'string' && token !== '');
  return found && String(found.token);
}

function expiryIn(json: unknown): number | undefined {
  const times = holdersIn(json).map(({ expiry }) => expiry);
  return times.find((expiry): expiry is number => typeof expiry === 'number');
}

/** An end that is missing, or already past when the token is handed out, says nothing: use it until it is refused. */
function expiresAt(expiry: number | undefined, now: number): number | undefined {
  if (expiry === undefined) return undefined;
  const end = expiry < MIN_EPOCH_MS ? now + expiry : expiry;
  return end - REFRESH_MARGIN_MS > now ? end : undefined;
}

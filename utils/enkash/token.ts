import * as v from 'valibot';
import type { Account, GatewayMemoryStore, Keys, OpenKeys } from './account.ts';
import { parseJson, readErrorBody } from './envelope.ts';
import type { GatewayFailure } from './errors.ts';
import { type ExchangeDeps, exchange } from './exchange.ts';
import { tokenUrl } from './hosts.ts';
import { waitFromRetryAfter } from './retry-after.ts';

/** A token is renewed this long before its end, so that it does not run out on the way. */
const RENEW_AHEAD_MS = 60_000;
/** A number below this can't be a date after 1973; the gateway then means a duration. */
const SMALLEST_EPOCH_MS = 1e11;
const MAX_TOKEN_ANSWER_BYTES = 64 * 1024;

const TokenResponse = v.object({
  token: v.fallback(v.string(), ''),
  expiry: v.fallback(v.optional(v.number()), undefined),
  resultMessage: v.fallback(v.string(), ''),
});

export type TokenResult = { ok: true; token: string } | { ok: false; failure: GatewayFailure };

export interface TokenSource {
  /**
   * The account's token: the one at hand, unless it is the refused one or about to end. One that comes in when the
   * keys are no longer to be had, as after a lock, is dropped, and the failure says why.
   */
  get(account: Account, keys: Keys, refused?: string): Promise<TokenResult>;
}

/** Fetches tokens, one call at a time for an account however many ask for it. */
export function createTokenSource(deps: Deps): TokenSource {
  const fetching = new Map<string, Promise<TokenResult>>();
  return {
    async get(account, keys, refused) {
      if (keys.signIn === 'authorization-token') return { ok: true, token: keys.authorizationToken };
      const atHand = await usableToken(deps, account.id, refused);
      if (atHand) return { ok: true, token: atHand };
      let running = fetching.get(account.id);
      if (!running) {
        running = renew(deps, account, keys, refused).finally(() => fetching.delete(account.id));
        fetching.set(account.id, running);
      }
      return running;
    },
  };
}

type Deps = ExchangeDeps & { memory: GatewayMemoryStore; openKeys: OpenKeys };

async function usableToken(deps: Deps, accountId: string, refused?: string): Promise<string | undefined> {
  const { token, tokenExpiresAt } = await deps.memory.read(accountId);
  const fresh = !tokenExpiresAt || tokenExpiresAt - RENEW_AHEAD_MS > deps.clock.now();
  return token !== refused && fresh ? token : undefined;
}

/** Looks once more before fetching: another renewal may have ended between the first look and this one. */
async function renew(
  deps: Deps,
  account: Account,
  keys: Keys & { signIn: 'secret-key' },
  refused?: string,
): Promise<TokenResult> {
  const token = await usableToken(deps, account.id, refused);
  return token ? { ok: true, token } : fetchToken(deps, account, keys);
}

async function fetchToken(
  deps: Deps,
  account: Account,
  keys: Keys & { signIn: 'secret-key' },
): Promise<TokenResult> {
  const { accessKey, secretKey } = keys;
  const answer = await exchange(deps, {
    url: tokenUrl(account.environment),
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'API-Key': accessKey },
    body: JSON.stringify({ accessKey, secretKey }),
    maxBytes: MAX_TOKEN_ANSWER_BYTES,
  });
  if (answer.kind === 'failed') {
    const reason = answer.reason === 'connection' ? 'unreachable' : 'sign-in-unavailable';
    return { ok: false, failure: { kind: 'not-sent', reason } };
  }
  const { httpStatus, text } = answer;
  const parsed = v.safeParse(TokenResponse, parseJson(text));
  if (httpStatus >= 200 && httpStatus < 300 && parsed.success && parsed.output.token !== '') {
    const { token, expiry } = parsed.output;
    // The vault may have been locked, or the account taken out, while the gateway was asked.
    const opened = await deps.openKeys(account);
    if (!opened.ok) return { ok: false, failure: { kind: 'not-sent', reason: opened.reason } };
    await deps.memory.write(account.id, { token, tokenExpiresAt: endOfLife(expiry, deps.clock.now()) });
    return { ok: true, token };
  }
  if (httpStatus === 429) {
    const until = deps.clock.now() + waitFromRetryAfter(answer.retryAfter, deps.clock.now());
    return { ok: false, failure: { kind: 'rate-limited', until, message: readErrorBody(text).message } };
  }
  const message = (parsed.success && parsed.output.resultMessage) || readErrorBody(text).message;
  const reason = httpStatus < 500 && parsed.success ? 'keys-refused' : 'sign-in-unavailable';
  return { ok: false, failure: { kind: 'not-sent', reason, message } };
}

/** An end that is missing, or already past when the token is handed out, says nothing: use it until it is refused. */
function endOfLife(expiry: number | undefined, now: number): number | undefined {
  if (expiry === undefined) return undefined;
  const end = expiry < SMALLEST_EPOCH_MS ? now + expiry : expiry;
  return end - RENEW_AHEAD_MS > now ? end : undefined;
}

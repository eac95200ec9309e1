import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import type { CallOptions } from './call-options.ts';
import { GATEWAY_ORIGINS } from './hosts.ts';
import { type HttpDeps, sendHttp } from './http.ts';
import { createRedactor } from './redact.ts';
import { MAX_INLINE_WAIT_MS } from './retry-after.ts';
import { type AttemptDeps, type Call, createSendAttempt, type PendingCall } from './send-attempt.ts';
import { sendWithTokenRetry } from './token-retry.ts';

/** How often a call that EnKash refused with 429 is sent again, after the wait that EnKash asked for. */
const MAX_RATE_LIMIT_RETRIES = 3;

/** Sends a call with an account's keys and interprets the answer. Never throws. */
export type AuthorizedRequest = <Payload>(
  account: AccountRef,
  call: Call<Payload>,
  options: CallOptions,
) => Promise<GatewayResult<Payload>>;

/**
 * Builds the only function that sends calls with keys. A call is sent once, and again only if its token may have been
 * refused ({@link sendWithTokenRetry}) or after a 429. Before each resend, the keys are opened again and the caller must
 * agree, so that nothing is sent after a lock, a pause or the removal of the account, and each send is counted.
 */
export function createAuthorizedRequest(deps: AttemptDeps): AuthorizedRequest {
  const { gate } = deps;
  const sendAttempt = createSendAttempt(deps);

  return async function request<Payload>(
    account: AccountRef,
    call: Call<Payload>,
    options: CallOptions,
  ): Promise<GatewayResult<Payload>> {
    /** The answer to the last send. It stays the result until another send gets an answer. */
    let last: GatewayResult<Payload> | undefined;
    const pending: PendingCall<Payload> = { account, call, options, wasSent: false };
    if (!call.isRead && !deps.isOnline() && !(await isReachable(deps, account)))
      return { kind: 'not-sent', reason: 'offline' };
    for (let waits = 0; waits <= MAX_RATE_LIMIT_RETRIES; waits += 1) {
      const limited = await gate.pass(account, options);
      if (limited) return last ?? limited;
      const answer = await sendWithTokenRetry(sendAttempt, gate, pending);
      last = answer.kind === 'not-sent' && pending.wasSent ? (last ?? answer) : answer;
      const until = retryAtOf(answer);
      if (until === undefined || options.failFast || until - deps.clock.now() > MAX_INLINE_WAIT_MS)
        return last;
    }
    return last as GatewayResult<Payload>;
  };
}

/** Sends one request without keys or effect, before a call that changes something. */
async function isReachable(deps: HttpDeps, { environment }: AccountRef): Promise<boolean> {
  const result = await sendHttp(deps, {
    method: 'GET',
    url: `${GATEWAY_ORIGINS[environment]}/`,
    headers: {},
    maxBytes: 64 * 1024,
    redactor: createRedactor([]),
  });
  return result.kind === 'response' || result.reason !== 'connection';
}

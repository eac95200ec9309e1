import type { Clock } from '../lib/clock.ts';
import type { Account, GatewaySessionStore } from '../model/account.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import type { CallOptions } from './call-options.ts';
import type { HttpResult } from './http.ts';
import { isPendingDeadline, MAX_INLINE_WAIT_MS, parseRetryAfter } from './retry-after.ts';

export type HeldBack = GatewayFailure & { kind: 'not-sent'; until: number };

/** Keeps calls back for as long as the gateway asked an account to wait. */
export interface RateLimitGate {
  /** Waits; if the wait is too long for the call, answers until when it would be. */
  pass(account: Account, options: CallOptions): Promise<HeldBack | undefined>;
  /** Remembers what an answer asks for, so that every later call of the account obeys it too. */
  note(account: Account, answer: GatewayResult<unknown>, result?: HttpResult): Promise<void>;
}

export function createRateLimitGate(deps: { clock: Clock; memory: GatewaySessionStore }): RateLimitGate {
  const { clock, memory } = deps;
  return {
    async pass(account, options) {
      const { rateLimitedUntil = 0 } = await memory.read(account.id);
      const now = clock.now();
      if (!isPendingDeadline(rateLimitedUntil, now)) return undefined;
      if (rateLimitedUntil - now > MAX_INLINE_WAIT_MS || options.failFast)
        return { kind: 'not-sent', reason: 'rate-limited', until: rateLimitedUntil };
      options.onRateLimited?.(rateLimitedUntil);
      await clock.sleep(rateLimitedUntil - now);
      // Another call may have been asked to wait for longer meanwhile.
      const { rateLimitedUntil: later = 0 } = await memory.read(account.id);
      return later > rateLimitedUntil ? this.pass(account, options) : undefined;
    },
    async note(account, answer, result) {
      const now = clock.now();
      const until = retryAtOf(answer) ?? retryAtOf503(result, now);
      if (until !== undefined && isPendingDeadline(until, now))
        await memory.write(account.id, { rateLimitedUntil: until });
    },
  };
}

/** A 503 that names a time is obeyed like a 429, although the call itself may have been carried out. */
function retryAtOf503(result: HttpResult | undefined, now: number): number | undefined {
  if (result?.kind !== 'response' || result.httpStatus !== 503 || result.retryAfter === null)
    return undefined;
  return now + parseRetryAfter(result.retryAfter, now, result.date);
}

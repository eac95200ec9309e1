import type { Clock } from '../lib/clock.ts';
import type { Account, GatewayMemoryStore } from '../model/account.ts';
import type { GatewayAnswer, GatewayFailure } from '../model/gateway-result.ts';
import { askedToWaitUntil } from '../model/retry-at.ts';
import type { CallOptions } from './call-options.ts';
import type { HttpResult } from './http.ts';
import { isAhead, MAX_WAIT_MS, waitFromRetryAfter } from './retry-after.ts';

export type HeldBack = GatewayFailure & { kind: 'not-sent'; until: number };

/** Keeps calls back for as long as the gateway asked an account to wait. */
export interface RateLimitGate {
  /** Waits; if the wait is too long for the call, answers until when it would be. */
  pass(account: Account, options: CallOptions): Promise<HeldBack | undefined>;
  /** Remembers what an answer asks for, so that every later call of the account obeys it too. */
  note(account: Account, answer: GatewayAnswer<unknown>, result?: HttpResult): Promise<void>;
}

export function createRateLimitGate(deps: { clock: Clock; memory: GatewayMemoryStore }): RateLimitGate {
  const { clock, memory } = deps;
  return {
    async pass(account, options) {
      const { holdUntil = 0 } = await memory.read(account.id);
      const now = clock.now();
      if (!isAhead(holdUntil, now)) return undefined;
      if (holdUntil - now > MAX_WAIT_MS || options.atOnce)
        return { kind: 'not-sent', reason: 'asked-to-wait', until: holdUntil };
      options.onWait?.(holdUntil);
      await clock.sleep(holdUntil - now);
      // Another call may have been asked to wait for longer meanwhile.
      const { holdUntil: later = 0 } = await memory.read(account.id);
      return later > holdUntil ? this.pass(account, options) : undefined;
    },
    async note(account, answer, result) {
      const now = clock.now();
      const until = askedToWaitUntil(answer) ?? busyUntil(result, now);
      if (until !== undefined && isAhead(until, now)) await memory.write(account.id, { holdUntil: until });
    },
  };
}

/** A 503 that names a time is obeyed like a 429, although the call itself may have been carried out. */
function busyUntil(result: HttpResult | undefined, now: number): number | undefined {
  if (result?.kind !== 'response' || result.httpStatus !== 503 || result.retryAfter === null)
    return undefined;
  return now + waitFromRetryAfter(result.retryAfter, now, result.date);
}

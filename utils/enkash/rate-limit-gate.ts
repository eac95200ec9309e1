import type { Clock } from '../lib/clock.ts';
import type { AccountRef, GatewaySession, GatewaySessionStore } from '../model/account.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import type { CallOptions } from './call-options.ts';
import type { HttpResult, ResponseHead } from './http.ts';
import { isPendingDeadline, MAX_INLINE_WAIT_MS, parseRetryAfter } from './retry-after.ts';

export type RateLimited = GatewayFailure & { kind: 'not-sent'; until: number };

/** Delays the calls of an account for as long as the gateway asked it to wait. */
export interface RateLimitGate {
  /** Waits until the account may send. Returns a failure instead if the wait is too long for the call. */
  pass(account: AccountRef, options: CallOptions): Promise<RateLimited | undefined>;
  /**
   * The end of a wait (epoch ms) that an answer has asked for by now; `undefined` if there is none. Asked right before a call
   * leaves: an answer may have come in after the call has passed. `stored` is the account's session as just read.
   */
  blockedUntil(account: AccountRef, stored: GatewaySession): number | undefined;
  /**
   * Notes the wait that the headers of an answer ask for, before its body is read: a call that is about to leave must not
   * overtake it.
   */
  noteHead(account: AccountRef, head: ResponseHead): void;
  /** Records the wait that an answer asks for. It holds for every later call of the account. */
  record(account: AccountRef, answer: GatewayResult<unknown>, result?: HttpResult): Promise<void>;
}

export function createRateLimitGate(deps: { clock: Clock; memory: GatewaySessionStore }): RateLimitGate {
  const { clock, memory } = deps;
  /** Deadlines that are not stored yet, by account. */
  const unstored = new Map<string, number>();
  return {
    async pass(account, options) {
      const { rateLimitedUntil = 0 } = await memory.read(account.id);
      const now = clock.now();
      if (!isPendingDeadline(rateLimitedUntil, now)) return undefined;
      if (rateLimitedUntil - now > MAX_INLINE_WAIT_MS || options.failFast)
        return { kind: 'not-sent', reason: 'rate-limited', until: rateLimitedUntil };
      options.onRateLimited?.(rateLimitedUntil);
      await clock.sleep(rateLimitedUntil - now);
      // A timer may fire a millisecond early.
      const left = rateLimitedUntil - clock.now();
      if (left > 0) await clock.sleep(left);
      // In the meantime, EnKash may have asked another call to wait longer.
      const { rateLimitedUntil: later = 0 } = await memory.read(account.id);
      return later > rateLimitedUntil ? this.pass(account, options) : undefined;
    },
    blockedUntil({ id }, { rateLimitedUntil = 0 }) {
      const until = Math.max(rateLimitedUntil, unstored.get(id) ?? 0);
      return isPendingDeadline(until, clock.now()) ? until : undefined;
    },
    noteHead({ id }, head) {
      const now = clock.now();
      const until = head.httpStatus === 429 ? retryAtOfHead(head, now) : retryAtOf503(head, now);
      if (until === undefined || !isPendingDeadline(until, now)) return;
      unstored.set(id, Math.max(until, unstored.get(id) ?? 0));
    },
    async record(account, answer, result) {
      const now = clock.now();
      const until =
        retryAtOf(answer) ?? (result?.kind === 'response' ? retryAtOf503(result, now) : undefined);
      if (until === undefined || !isPendingDeadline(until, now)) return;
      unstored.set(account.id, Math.max(until, unstored.get(account.id) ?? 0));
      await memory.write(account.id, { rateLimitedUntil: until }).finally(() => {
        if (unstored.get(account.id) === until) unstored.delete(account.id);
      });
    },
  };
}

/** A 503 with a time delays later calls like a 429, although the call itself may have been carried out. */
function retryAtOf503(head: ResponseHead, now: number): number | undefined {
  return head.httpStatus === 503 && head.retryAfter !== null ? retryAtOfHead(head, now) : undefined;
}

function retryAtOfHead({ retryAfter, date }: ResponseHead, now: number): number {
  return now + parseRetryAfter(retryAfter, now, date);
}

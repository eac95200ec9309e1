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

  /** The latest deadline of an account that is still ahead. One from before the clock was set back must not hide another. */
  function latestOf({ id }: AccountRef, ...others: (number | undefined)[]): number | undefined {
    const now = clock.now();
    const pending = [unstored.get(id) ?? 0, ...others.map((at) => at ?? 0)].filter((at) =>
      isPendingDeadline(at, now),
    );
    return pending.length === 0 ? undefined : Math.max(...pending);
  }

  const readLatest = async (account: AccountRef) =>
    latestOf(account, (await memory.read(account.id)).rateLimitedUntil);

  function note(account: AccountRef, until: number | undefined): void {
    const latest = latestOf(account, until);
    if (latest === undefined) unstored.delete(account.id);
    else unstored.set(account.id, latest);
  }

  return {
    async pass(account, options) {
      const until = await readLatest(account);
      if (until === undefined) return undefined;
      const wait = until - clock.now();
      if (wait > MAX_INLINE_WAIT_MS || options.failFast)
        return { kind: 'not-sent', reason: 'rate-limited', until };
      options.onRateLimited?.(until);
      await clock.sleep(wait);
      // A timer may fire a millisecond early.
      const left = until - clock.now();
      if (left > 0) await clock.sleep(left);
      // In the meantime, EnKash may have asked another call to wait longer.
      const later = (await readLatest(account)) ?? 0;
      return later > until ? this.pass(account, options) : undefined;
    },
    blockedUntil: (account, { rateLimitedUntil }) => latestOf(account, rateLimitedUntil),
    noteHead(account, head) {
      const now = clock.now();
      note(account, head.httpStatus === 429 ? retryAtOfHead(head, now) : retryAtOf503(head, now));
    },
    async record(account, answer, result) {
      const { id } = account;
      const isResponse = result?.kind === 'response';
      note(account, retryAtOf(answer) ?? (isResponse ? retryAtOf503(result, clock.now()) : undefined));
      // Also stores a deadline that only the headers named, if the body was lost.
      if (!unstored.has(id)) return;
      const until = await readLatest(account);
      if (until !== undefined) await memory.write(id, { rateLimitedUntil: until });
      if (until === undefined || (unstored.get(id) ?? 0) <= until) unstored.delete(id);
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

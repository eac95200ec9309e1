/** Requests at once with which a job begins: as many as a browser gives one host over HTTP/1.1. */
export const INITIAL_LIMIT = 6;
/** The most requests at once, over a connection that carries many. */
export const MAX_LIMIT = 24;
/**
 * Requests that are given to the browser beyond those, so that a connection that falls free has one at once: it is a
 * quarter quicker (measured at 20 ms). Over HTTP/1.1 the gateway sees no more of them at once than before; over HTTP/2 it
 * sees them in a browser that does not tell the protocol.
 */
export const HTTP1_HEADROOM = 4;
/** By how much the limit rises after a round without trouble, until the first trouble and after it. */
const FAST_INCREASE = 2;
const SLOW_INCREASE = 1;

/** How many requests may be under way at once. */
export interface ConcurrencyLimiter {
  readonly limit: number;
  onSuccess(): void;
  /** The gateway failed, timed out or asked for less. Counts once for all that was under way together. */
  onOverload(): void;
}

/**
 * Rises by a little with every round of successes and halves with trouble. Far above {@link INITIAL_LIMIT} only
 * where one connection carries many requests: else they would only wait in the browser, on our time.
 */
export function createConcurrencyLimiter(isMultiplexed: () => boolean): ConcurrencyLimiter {
  let limit = INITIAL_LIMIT;
  let increase = FAST_INCREASE;
  let successes = 0;
  /** Results that still belong to what was under way when the limit was halved. */
  let resultsToIgnore = 0;
  return {
    get limit() {
      return limit;
    },
    onSuccess() {
      resultsToIgnore = Math.max(0, resultsToIgnore - 1);
      successes += 1;
      if (successes < limit) return;
      successes = 0;
      const highest = isMultiplexed() ? MAX_LIMIT : INITIAL_LIMIT + HTTP1_HEADROOM;
      limit = Math.max(limit, Math.min(highest, limit + increase));
    },
    onOverload() {
      successes = 0;
      if (resultsToIgnore > 0) {
        resultsToIgnore -= 1;
        return;
      }
      resultsToIgnore = limit - 1;
      increase = SLOW_INCREASE;
      limit = Math.max(1, Math.floor(limit / 2));
    },
  };
}

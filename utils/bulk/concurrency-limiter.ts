/** Requests at once with which a job begins: as many as a browser gives one host over HTTP/1.1. */
export const FIRST_LIMIT = 6;
/** The most requests at once, over a connection that carries many. */
export const HIGHEST_LIMIT = 24;
/**
 * Requests that are given to the browser beyond those, so that a connection that falls free has one at once: it is a
 * quarter quicker (measured at 20 ms). Over HTTP/1.1 the gateway sees no more of them at once than before; over HTTP/2 it
 * sees them in a browser that does not tell the protocol.
 */
export const SPARE = 4;
/** By how much the limit rises after a round without trouble, until the first trouble and after it. */
const QUICK_STEP = 2;
const SLOW_STEP = 1;

/** How many requests may be under way at once. */
export interface Pace {
  readonly limit: number;
  succeeded(): void;
  /** The gateway failed, timed out or asked for less. Counts once for all that was under way together. */
  struggled(): void;
}

/**
 * Rises by a little with every round of successes and halves with trouble. Far above {@link FIRST_LIMIT} only
 * where one connection carries many requests: else they would only wait in the browser, on our time.
 */
export function createPace(isMultiplexed: () => boolean): Pace {
  let limit = FIRST_LIMIT;
  let step = QUICK_STEP;
  let successes = 0;
  /** Results that still belong to what was under way when the limit was halved. */
  let stale = 0;
  return {
    get limit() {
      return limit;
    },
    succeeded() {
      stale = Math.max(0, stale - 1);
      successes += 1;
      if (successes < limit) return;
      successes = 0;
      const highest = isMultiplexed() ? HIGHEST_LIMIT : FIRST_LIMIT + SPARE;
      limit = Math.max(limit, Math.min(highest, limit + step));
    },
    struggled() {
      successes = 0;
      if (stale > 0) {
        stale -= 1;
        return;
      }
      stale = limit - 1;
      step = SLOW_STEP;
      limit = Math.max(1, Math.floor(limit / 2));
    },
  };
}

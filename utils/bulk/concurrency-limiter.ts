/** The initial limit: the number of connections that a browser opens to one host over HTTP/1.1. */
export const INITIAL_LIMIT = 6;
/** The highest limit over a multiplexed connection (HTTP/2). */
export const MAX_LIMIT = 24;
/**
 * Requests that the browser queues beyond {@link INITIAL_LIMIT}, so that a free connection gets one at once. This is 25 %
 * faster (measured at 20 ms latency). Over HTTP/1.1 they do not add to the load of the gateway. Over HTTP/2 they do, in a
 * browser that does not report the protocol.
 */
export const HTTP1_HEADROOM = 4;
/** The increase of the limit after each success over a multiplexed connection, before the first overload. */
const SLOW_START_INCREASE = 2;
/** The increase of the limit after a round of successes over HTTP/1.1, before the first overload. */
const HTTP1_INCREASE = 2;
/** The increase after the first overload. */
const SLOW_INCREASE = 1;

/** Limits the number of concurrent requests. */
export interface ConcurrencyLimiter {
  readonly limit: number;
  onSuccess(): void;
  /** The gateway failed, timed out or limited the rate. Counts once for all requests that were in flight together. */
  onOverload(): void;
}

/**
 * Creates a limiter with additive increase and multiplicative decrease. Without a multiplexed connection the limit stays
 * near {@link INITIAL_LIMIT}, as further requests would only wait in the browser until they time out. Over a multiplexed
 * connection each success raises the limit by {@link SLOW_START_INCREASE} until the first overload. This is TCP's slow start
 * (RFC 5681 § 3.1), except that the limit triples each round instead of doubling: the start is most of the time that a short
 * job loses, and costs 1 instead of 1.25 rounds of 24 requests.
 */
export function createConcurrencyLimiter(isMultiplexed: () => boolean): ConcurrencyLimiter {
  let limit = INITIAL_LIMIT;
  let wasOverloaded = false;
  let successes = 0;
  /** Results still expected from requests that were in flight when the limit was halved. */
  let resultsToIgnore = 0;
  const raise = (highest: number, by: number) => {
    successes = 0;
    limit = Math.max(limit, Math.min(highest, limit + by));
  };
  return {
    get limit() {
      return limit;
    },
    onSuccess() {
      resultsToIgnore = Math.max(0, resultsToIgnore - 1);
      successes += 1;
      const isSlowStart = !wasOverloaded && limit < MAX_LIMIT && isMultiplexed();
      if (isSlowStart) return raise(MAX_LIMIT, SLOW_START_INCREASE);
      if (successes < limit) return;
      const highest = isMultiplexed() ? MAX_LIMIT : INITIAL_LIMIT + HTTP1_HEADROOM;
      raise(highest, wasOverloaded ? SLOW_INCREASE : HTTP1_INCREASE);
    },
    onOverload() {
      successes = 0;
      if (resultsToIgnore > 0) {
        resultsToIgnore -= 1;
        return;
      }
      resultsToIgnore = limit - 1;
      wasOverloaded = true;
      limit = Math.max(1, Math.floor(limit / 2));
    },
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConcurrencyLimiter, HTTP1_HEADROOM, INITIAL_LIMIT, MAX_LIMIT } from './concurrency-limiter.ts';

const succeed = (limiter: ReturnType<typeof createConcurrencyLimiter>, times: number) => {
  for (let each = 0; each < times; each += 1) limiter.onSuccess();
};

describe('the concurrency limiter', () => {
  it('starts at six, and triples with each round of successes over a multiplexed connection', () => {
    const limiter = createConcurrencyLimiter(() => true);
    expect(limiter.limit).toBe(INITIAL_LIMIT);
    succeed(limiter, INITIAL_LIMIT);
    expect(limiter.limit).toBe(3 * INITIAL_LIMIT);
    succeed(limiter, 3 * INITIAL_LIMIT);
    expect(limiter.limit).toBe(MAX_LIMIT);
  });

  it('rises by one with each round after the first overload', () => {
    const limiter = createConcurrencyLimiter(() => true);
    limiter.onOverload();
    const halved = INITIAL_LIMIT / 2;
    expect(limiter.limit).toBe(halved);
    succeed(limiter, halved);
    expect(limiter.limit).toBe(halved + 1);
  });

  it('rises to a few above six if each request takes a connection', () => {
    const limiter = createConcurrencyLimiter(() => false);
    expect(limiter.limit).toBe(INITIAL_LIMIT);
    succeed(limiter, 1_000);
    expect(limiter.limit).toBe(INITIAL_LIMIT + HTTP1_HEADROOM);
  });

  it('halves once for requests that failed together, then rises slowly', () => {
    const limiter = createConcurrencyLimiter(() => true);
    succeed(limiter, 1_000);
    for (let each = 0; each < MAX_LIMIT; each += 1) limiter.onOverload();
    expect(limiter.limit).toBe(MAX_LIMIT / 2);
    succeed(limiter, MAX_LIMIT / 2);
    expect(limiter.limit).toBe(MAX_LIMIT / 2 + 1);
  });

  it('halves again for requests that fail later', () => {
    const limiter = createConcurrencyLimiter(() => true);
    for (let each = 0; each < INITIAL_LIMIT + 1; each += 1) limiter.onOverload();
    expect(limiter.limit).toBe(1);
  });

  it('ignores the other requests that were in flight with the first overload of a quick start', () => {
    const limiter = createConcurrencyLimiter(() => true);
    succeed(limiter, 4);
    const before = INITIAL_LIMIT + 8;
    for (let each = 0; each < before; each += 1) limiter.onOverload();
    expect(limiter.limit).toBe(before / 2);
    limiter.onOverload();
    expect(limiter.limit).toBe(Math.floor(before / 4));
  });

  it('keeps its rules for every order of results, also if the protocol changes', () => {
    type Event = 'success' | 'overload' | 'HTTP/1.1' | 'HTTP/2';
    const run = fc
      .tuple(fc.constantFrom<Event>('success', 'success', 'overload', 'HTTP/1.1', 'HTTP/2'), fc.nat(60))
      .map(([each, length]) => Array<Event>(each === 'success' ? length : 1 + (length % 4)).fill(each));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), fc.boolean(), (runs, startsMultiplexed) => {
        let multiplexed = startsMultiplexed;
        const limiter = createConcurrencyLimiter(() => multiplexed);
        const http1Limit = INITIAL_LIMIT + HTTP1_HEADROOM;
        let wasOverloaded = false;
        let sinceHalved = Number.POSITIVE_INFINITY;
        let limitBeforeHalving = 0;
        let successesInRow = 0;
        for (const each of runs.flat()) {
          const before = limiter.limit;
          if (each === 'HTTP/1.1' || each === 'HTTP/2') multiplexed = each === 'HTTP/2';
          else if (each === 'overload') {
            limiter.onOverload();
            wasOverloaded = true;
            successesInRow = 0;
            sinceHalved += 1;
            const isLater = sinceHalved >= limitBeforeHalving;
            expect(limiter.limit).toBe(isLater ? Math.max(1, Math.floor(before / 2)) : before);
            if (isLater) [sinceHalved, limitBeforeHalving] = [0, before];
          } else {
            limiter.onSuccess();
            sinceHalved += 1;
            successesInRow += 1;
            const highest = multiplexed ? MAX_LIMIT : http1Limit;
            const isRound = successesInRow >= before;
            const by = wasOverloaded ? (isRound ? 1 : 0) : multiplexed ? 2 : isRound ? 2 : 0;
            expect(limiter.limit).toBe(Math.max(before, Math.min(highest, before + by)));
            if (isRound || by > 0) successesInRow = 0;
          }
          expect(limiter.limit).toBeGreaterThanOrEqual(1);
          expect(limiter.limit).toBeLessThanOrEqual(MAX_LIMIT);
          // A change to HTTP/1.1 does not lower the limit, but the limit does not rise there.
          if (!multiplexed) expect(limiter.limit).toBeLessThanOrEqual(Math.max(before, http1Limit));
        }
      }),
      { numRuns: 500 },
    );
  });
});

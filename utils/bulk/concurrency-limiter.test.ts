import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createConcurrencyLimiter,
  HTTP1_HEADROOM,
  INITIAL_LIMIT,
  MAX_LIMIT,
  MULTIPLEXED_INITIAL_LIMIT,
} from './concurrency-limiter.ts';

const succeed = (limiter: ReturnType<typeof createConcurrencyLimiter>, times: number) => {
  for (let each = 0; each < times; each += 1) limiter.onSuccess();
};

describe('the concurrency limiter', () => {
  it('starts at ten and rises to twenty-four over a connection that is known to be multiplexed', () => {
    const limiter = createConcurrencyLimiter(() => true);
    expect(limiter.limit).toBe(MULTIPLEXED_INITIAL_LIMIT);
    succeed(limiter, 1_000);
    expect(limiter.limit).toBe(MAX_LIMIT);
  });

  it('starts at six, and doubles with each round once the connection turns out to be multiplexed', () => {
    let multiplexed = false;
    const limiter = createConcurrencyLimiter(() => multiplexed);
    multiplexed = true;
    expect(limiter.limit).toBe(INITIAL_LIMIT);
    succeed(limiter, INITIAL_LIMIT);
    expect(limiter.limit).toBe(2 * INITIAL_LIMIT);
    succeed(limiter, 2 * INITIAL_LIMIT);
    expect(limiter.limit).toBe(MAX_LIMIT);
  });

  it('rises by one with each round after the first overload', () => {
    const limiter = createConcurrencyLimiter(() => true);
    limiter.onOverload();
    const halved = MULTIPLEXED_INITIAL_LIMIT / 2;
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
    for (let each = 0; each < MULTIPLEXED_INITIAL_LIMIT + 1; each += 1) limiter.onOverload();
    expect(limiter.limit).toBe(2);
  });

  it('stays between one and the highest limit', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), fc.boolean(), (results, multiplexed) => {
        const limiter = createConcurrencyLimiter(() => multiplexed);
        for (const good of results) {
          if (good) limiter.onSuccess();
          else limiter.onOverload();
          expect(limiter.limit).toBeGreaterThanOrEqual(1);
          expect(limiter.limit).toBeLessThanOrEqual(multiplexed ? MAX_LIMIT : INITIAL_LIMIT + HTTP1_HEADROOM);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConcurrencyLimiter, HTTP1_HEADROOM, INITIAL_LIMIT, MAX_LIMIT } from './concurrency-limiter.ts';

const succeed = (pace: ReturnType<typeof createConcurrencyLimiter>, times: number) => {
  for (let each = 0; each < times; each += 1) pace.onSuccess();
};

describe('the pace', () => {
  it('begins at six and rises to twenty-four over a connection that carries many', () => {
    const pace = createConcurrencyLimiter(() => true);
    expect(pace.limit).toBe(INITIAL_LIMIT);
    succeed(pace, 1_000);
    expect(pace.limit).toBe(MAX_LIMIT);
  });

  it('gives the browser some more than its six where each request takes a connection', () => {
    const pace = createConcurrencyLimiter(() => false);
    expect(pace.limit).toBe(INITIAL_LIMIT);
    succeed(pace, 1_000);
    expect(pace.limit).toBe(INITIAL_LIMIT + HTTP1_HEADROOM);
  });

  it('is halved once by all that failed together, and rises slowly again', () => {
    const pace = createConcurrencyLimiter(() => true);
    succeed(pace, 1_000);
    for (let each = 0; each < MAX_LIMIT; each += 1) pace.onOverload();
    expect(pace.limit).toBe(MAX_LIMIT / 2);
    succeed(pace, MAX_LIMIT / 2);
    expect(pace.limit).toBe(MAX_LIMIT / 2 + 1);
  });

  it('is halved again by what fails later', () => {
    const pace = createConcurrencyLimiter(() => true);
    for (let each = 0; each < INITIAL_LIMIT + 1; each += 1) pace.onOverload();
    expect(pace.limit).toBe(1);
  });

  it('is never below one nor above the highest', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), fc.boolean(), (results, multiplexed) => {
        const pace = createConcurrencyLimiter(() => multiplexed);
        for (const good of results) {
          if (good) pace.onSuccess();
          else pace.onOverload();
          expect(pace.limit).toBeGreaterThanOrEqual(1);
          expect(pace.limit).toBeLessThanOrEqual(multiplexed ? MAX_LIMIT : INITIAL_LIMIT + HTTP1_HEADROOM);
        }
      }),
    );
  });
});

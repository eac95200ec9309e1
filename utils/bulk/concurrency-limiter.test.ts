import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, FIRST_LIMIT, HIGHEST_LIMIT, SPARE } from './concurrency-limiter.ts';

const succeed = (pace: ReturnType<typeof createPace>, times: number) => {
  for (let each = 0; each < times; each += 1) pace.succeeded();
};

describe('the pace', () => {
  it('begins at six and rises to twenty-four over a connection that carries many', () => {
    const pace = createPace(() => true);
    expect(pace.limit).toBe(FIRST_LIMIT);
    succeed(pace, 1_000);
    expect(pace.limit).toBe(HIGHEST_LIMIT);
  });

  it('gives the browser some more than its six where each request takes a connection', () => {
    const pace = createPace(() => false);
    expect(pace.limit).toBe(FIRST_LIMIT);
    succeed(pace, 1_000);
    expect(pace.limit).toBe(FIRST_LIMIT + SPARE);
  });

  it('is halved once by all that failed together, and rises slowly again', () => {
    const pace = createPace(() => true);
    succeed(pace, 1_000);
    for (let each = 0; each < HIGHEST_LIMIT; each += 1) pace.struggled();
    expect(pace.limit).toBe(HIGHEST_LIMIT / 2);
    succeed(pace, HIGHEST_LIMIT / 2);
    expect(pace.limit).toBe(HIGHEST_LIMIT / 2 + 1);
  });

  it('is halved again by what fails later', () => {
    const pace = createPace(() => true);
    for (let each = 0; each < FIRST_LIMIT + 1; each += 1) pace.struggled();
    expect(pace.limit).toBe(1);
  });

  it('is never below one nor above the highest', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), fc.boolean(), (results, multiplexed) => {
        const pace = createPace(() => multiplexed);
        for (const good of results) {
          if (good) pace.succeeded();
          else pace.struggled();
          expect(pace.limit).toBeGreaterThanOrEqual(1);
          expect(pace.limit).toBeLessThanOrEqual(multiplexed ? HIGHEST_LIMIT : FIRST_LIMIT + SPARE);
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from './random.ts';
import { bootstrapMedian, bootstrapRatio, median, quantile } from './stats.ts';

/** About a middle, evenly spread over a width. */
function around(middle: number, width: number, count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => middle + (random() - 0.5) * width);
}

describe('median and quantile', () => {
  it('take the middle, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 0], 0.25)).toBe(2.5);
    expect(quantile([7], 0.9)).toBe(7);
  });

  it('throw where there is nothing', () => expect(() => median([])).toThrow(RangeError));

  it('leave the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('bootstrapRatio', () => {
  it('gives the same interval for the same seed, and another for another one', () => {
    const values = around(10, 4, 12, createRandom(1));
    const of = (seed: number) =>
      bootstrapRatio(values, values.toReversed(), { random: createRandom(seed), resamples: 25 });
    expect(of(5)).toEqual(of(5));
    expect(of(5)).not.toEqual(of(6));
  });

  it('has no width where nothing varies', () => {
    expect(bootstrapRatio([6, 6, 6], [4, 4, 4], { random: createRandom(1) })).toEqual({
      value: 1.5,
      low: 1.5,
      high: 1.5,
    });
  });

  it('is not misled by a machine that is slow for a while, and with both', () => {
    const slowness = [1, 1, 1.1, 3, 2.5, 4, 1, 1];
    const peer = slowness.map((factor) => 10 * factor);
    const { low, high } = bootstrapRatio(
      peer.map((value) => value * 1.2),
      peer,
      { random: createRandom(1) },
    );
    expect(low).toBeCloseTo(1.2);
    expect(high).toBeCloseTo(1.2);
  });

  it('takes only what was measured in the same rounds', () => {
    expect(() => bootstrapRatio([1, 2], [1], { random: createRandom(1) })).toThrow(RangeError);
  });

  it('holds the true ratio about as often as it says', () => {
    const random = createRandom(20_261_122);
    let held = 0;
    for (let run = 0; run < 200; run += 1) {
      const { low, high } = bootstrapRatio(around(15, 6, 20, random), around(10, 4, 20, random), {
        random,
        resamples: 300,
      });
      if (low <= 1.5 && 1.5 <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(180);
    expect(held).toBeLessThan(200);
  });

  it('is wider with more confidence and narrower with more samples', () => {
    const width = (count: number, confidence: number) => {
      const random = createRandom(3);
      const { low, high } = bootstrapRatio(around(10, 5, count, random), around(10, 5, count, random), {
        random,
        confidence,
      });
      return high - low;
    };
    expect(width(20, 0.99)).toBeGreaterThan(width(20, 0.9));
    expect(width(200, 0.95)).toBeLessThan(width(10, 0.95));
  });
});

it('bootstrapMedian lies around the median', () => {
  const values = around(100, 20, 40, createRandom(2));
  const { value, low, high } = bootstrapMedian(values, { random: createRandom(1) });
  expect(value).toBe(median(values));
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});

describe('shuffled', () => {
  it('keeps everything and comes again with the same seed', () => {
    const things = ['a', 'b', 'c', 'd', 'e'];
    const once = shuffled(things, createRandom(9));
    expect(once).toEqual(shuffled(things, createRandom(9)));
    expect(once.toSorted()).toEqual(things);
  });

  it('makes every order', () => {
    const random = createRandom(4);
    const orders = new Set(Array.from({ length: 200 }, () => shuffled(['a', 'b', 'c'], random).join('')));
    expect(orders.size).toBe(6);
  });
});

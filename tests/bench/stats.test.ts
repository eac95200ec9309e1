import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from './random.ts';
import { bootstrapMedian, bootstrapRatio, median, quantile } from './stats.ts';

/** Values spread evenly around a middle. */
function around(middle: number, width: number, count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => middle + (random() - 0.5) * width);
}

describe('median and quantile', () => {
  it('take the middle in any order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 0], 0.25)).toBe(2.5);
    expect(quantile([7], 0.9)).toBe(7);
  });

  it('throw without values', () => expect(() => median([])).toThrow(RangeError));

  it('do not change the values', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('bootstrapRatio', () => {
  it('gives the same interval for the same seed, and a different one for another seed', () => {
    const values = around(10, 4, 12, createRandom(1));
    const of = (seed: number) =>
      bootstrapRatio(values, values.toReversed(), { random: createRandom(seed), resamples: 25 });
    expect(of(5)).toEqual(of(5));
    expect(of(5)).not.toEqual(of(6));
  });

  it('has no width without variation', () => {
    expect(bootstrapRatio([6, 6, 6], [4, 4, 4], { random: createRandom(1) })).toEqual({
      value: 1.5,
      low: 1.5,
      high: 1.5,
    });
  });

  it('is not affected by a machine that is slow for a while for both arms', () => {
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

  it('rejects values from different rounds', () => {
    expect(() => bootstrapRatio([1, 2], [1], { random: createRandom(1) })).toThrow(RangeError);
  });

  it('contains the true ratio about as often as its confidence says', () => {
    const random = createRandom(20_261_122);
    let containing = 0;
    for (let run = 0; run < 200; run += 1) {
      const { low, high } = bootstrapRatio(around(15, 6, 20, random), around(10, 4, 20, random), {
        random,
        resamples: 300,
      });
      if (low <= 1.5 && 1.5 <= high) containing += 1;
    }
    expect(containing).toBeGreaterThanOrEqual(180);
    expect(containing).toBeLessThan(200);
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

it('bootstrapMedian contains the median', () => {
  const values = around(100, 20, 40, createRandom(2));
  const { value, low, high } = bootstrapMedian(values, { random: createRandom(1) });
  expect(value).toBe(median(values));
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});

describe('shuffled', () => {
  it('keeps all elements, and repeats with the same seed', () => {
    const things = ['a', 'b', 'c', 'd', 'e'];
    const once = shuffled(things, createRandom(9));
    expect(once).toEqual(shuffled(things, createRandom(9)));
    expect(once.toSorted()).toEqual(things);
  });

  it('produces every order', () => {
    const random = createRandom(4);
    const orders = new Set(Array.from({ length: 200 }, () => shuffled(['a', 'b', 'c'], random).join('')));
    expect(orders.size).toBe(6);
  });
});

import type { Random } from './random.ts';

/** An estimate with its confidence interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

export interface BootstrapOptions {
  random: Random;
  /** From 0 to 1; 0.95 by default. */
  confidence?: number;
  /** Default 4,000. */
  resamples?: number;
}

/** The middle value, or the mean of the two in the middle. Throws without values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The quantile for a share from 0 to 1, with linear interpolation. Throws without values. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((one, other) => one - other);
  const at = (ordered.length - 1) * share;
  const below = ordered[Math.floor(at)];
  const above = ordered[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new RangeError('There are no values.');
  return below + (above - below) * (at - Math.floor(at));
}

/** The median of a sample, with its bootstrap percentile interval. */
export function bootstrapMedian(
  values: readonly number[],
  { random, confidence = 0.95, resamples = 4000 }: BootstrapOptions,
): Interval {
  const drawn = Array.from({ length: resamples }, () => median(resample(values, random)));
  const outside = (1 - confidence) / 2;
  return { value: median(values), low: quantile(drawn, outside), high: quantile(drawn, 1 - outside) };
}

/**
 * The ratio of one arm to another that was measured in the same rounds, with its bootstrap percentile interval. Uses the
 * median of the rounds' ratios, because a slow phase of the machine affects both. Throws unless each round has both.
 */
export function bootstrapRatio(
  of: readonly number[],
  against: readonly number[],
  options: BootstrapOptions,
): Interval {
  if (of.length !== against.length) throw new RangeError('Each round needs both.');
  const ratios = of.map((value, round) => value / (against[round] as number));
  return bootstrapMedian(ratios, options);
}

function resample(values: readonly number[], random: Random): number[] {
  return values.map(() => values[Math.floor(random() * values.length)] as number);
}

import type { Measured } from './experiment.ts';
import type { Random } from './random.ts';
import { bootstrapMedian, bootstrapRatio, type Interval, median } from './stats.ts';

export type Limit = { atLeast: number } | { atMost: number };

/** A claim about one arm: about its ratio to another arm or, without one, about its own values. */
export interface Comparison {
  row: string;
  of: string;
  against?: string;
  /** Without a limit the row only informs. */
  limit?: Limit;
  /** Each round must be within the limit, not the median. For guarantees, and for measurements of very few rounds. */
  everyRound?: true;
}

export type Outcome = 'PASS' | 'FAIL' | 'VOID' | 'told';

/** One row of the report. */
export interface Verdict {
  row: string;
  outcome: Outcome;
  /** The reason that it is void, or failed without a measurement. */
  reason?: string;
  unit?: string;
  /** Medians. */
  of?: number;
  against?: number;
  /** The 95 % interval of the ratio or, without another arm, of the median. If `everyRound`, the lowest and highest round. */
  interval?: Interval;
  everyRound?: true;
  /** The 99 % interval of the ratio of the arm's own two halves. */
  control?: Interval;
  limit?: Limit;
}

/** The maximum deviation from 1 of the ratio of an arm to itself. */
const CONTROL_WIDTH = 0.15;
/** With 95 %, one in twenty valid rows would be void by chance. */
const CONTROL_CONFIDENCE = 0.99;

/** Judges one claim: PASS only if the whole interval is inside the limit, VOID if the run was too noisy. */
export function judge(
  comparison: Comparison,
  measured: ReadonlyMap<string, Measured>,
  unit: string,
  random: Random,
): Verdict {
  if (comparison.everyRound) return judgeEveryRound(comparison, measured, unit);
  const { row, of, against, limit } = comparison;
  const subject = samplesOf(measured, of);
  const peer = against === undefined ? undefined : samplesOf(measured, against);
  const interval = peer
    ? bootstrapRatio(eachRound(subject), eachRound(peer), { random })
    : bootstrapMedian(eachRound(subject), { random });
  const { first, second } = subject;
  const control = bootstrapRatio(first, second, { random, confidence: CONTROL_CONFIDENCE });
  const noise = noiseIn(control);
  return {
    row,
    unit,
    of: median(eachRound(subject)),
    ...(peer && { against: median(eachRound(peer)) }),
    interval,
    control,
    ...(limit && { limit }),
    ...(noise !== undefined && { reason: noise }),
    outcome: outcomeOf(interval, limit, noise !== undefined),
  };
}

/** Judges a claim about each round. There is no A/A control, because one bad round fails it anyway. */
function judgeEveryRound(
  { row, of, against, limit }: Comparison,
  measured: ReadonlyMap<string, Measured>,
  unit: string,
): Verdict {
  const subject = eachRound(samplesOf(measured, of));
  const peer = against === undefined ? undefined : eachRound(samplesOf(measured, against));
  const values = peer ? subject.map((value, round) => value / (peer[round] as number)) : subject;
  const interval = { value: median(values), low: Math.min(...values), high: Math.max(...values) };
  return {
    row,
    unit,
    of: median(subject),
    ...(peer && { against: median(peer) }),
    interval,
    everyRound: true,
    ...(limit && { limit }),
    outcome: outcomeOf(interval, limit, false),
  };
}

function outcomeOf(interval: Interval, limit: Limit | undefined, noisy: boolean): Outcome {
  if (!limit) return 'told';
  if (noisy) return 'VOID';
  const inside = 'atLeast' in limit ? interval.low >= limit.atLeast : interval.high <= limit.atMost;
  return inside ? 'PASS' : 'FAIL';
}

function noiseIn({ low, high }: Interval): string | undefined {
  if (low > 1 || high < 1) return 'measured twice, it differed from itself';
  if (low < 1 - CONTROL_WIDTH || high > 1 + CONTROL_WIDTH) return 'too noisy to tell';
  return undefined;
}

/** One value a round: the mean if it was measured twice. */
function eachRound({ first, second }: Measured): number[] {
  return first.map((value, round) => (value + (second[round] ?? value)) / 2);
}

function samplesOf(measured: ReadonlyMap<string, Measured>, arm: string): Measured {
  const found = measured.get(arm);
  if (!found) throw new Error(`${arm} was not measured`);
  return found;
}

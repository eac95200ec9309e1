import { type Random, shuffled } from './random.ts';
import type { SampleFile } from './samples.ts';
import type { Comparison } from './verdict.ts';

/** One measurement. `details` are stored with it, but not judged. */
export interface Sample {
  value: number;
  details?: Record<string, unknown>;
}

/** Arms that are measured together, under the same conditions. */
export interface Experiment {
  name: string;
  /** The unit of the values, for example `ms`. */
  unit: string;
  /** The number of rounds, after `warmUps` rounds that are not counted. */
  rounds: number;
  warmUps: number;
  /** Takes one sample of each arm. */
  arms: Readonly<Record<string, () => Promise<Sample>>>;
  comparisons: readonly Comparison[];
}

/** The measurements of one arm, by round: two a round if the arm has an A/A control. */
export interface Measured {
  first: number[];
  second: number[];
}

interface Turn {
  arm: string;
  half?: keyof Measured;
}

/** Measures every arm once a round, and those with an A/A control twice, in random order. Stores every sample. */
export async function measure(
  experiment: Experiment,
  random: Random,
  file: SampleFile,
): Promise<Map<string, Measured>> {
  const { name, unit, arms, rounds, warmUps } = experiment;
  const measured = new Map<string, Measured>();
  for (const arm of Object.keys(arms)) measured.set(arm, { first: [], second: [] });
  for (let round = -warmUps; round < rounds; round += 1) {
    const warmUp = round < 0;
    for (const { arm, half } of shuffled(turnsOf(experiment, warmUp), random)) {
      const { value, details } = await take(experiment, arm);
      file.add({
        at: Date.now(),
        experiment: name,
        arm,
        ...(half && { half }),
        round: warmUp ? round + warmUps : round,
        warmUp,
        value,
        unit,
        ...(details && { details }),
      });
      if (!warmUp) measured.get(arm)?.[half ?? 'first'].push(value);
    }
  }
  return measured;
}

async function take({ name, arms }: Experiment, arm: string): Promise<Sample> {
  const sample = await arms[arm]?.();
  if (!sample) throw new Error(`${name} has no arm ${arm}`);
  if (!Number.isFinite(sample.value)) throw new Error(`${name}: ${arm} gave ${sample.value}`);
  return sample;
}

function turnsOf({ arms, comparisons }: Experiment, warmUp: boolean): Turn[] {
  const judged = new Set(comparisons.filter(({ everyRound }) => !everyRound).map(({ of }) => of));
  return Object.keys(arms).flatMap((arm): Turn[] =>
    judged.has(arm) && !warmUp
      ? [
          { arm, half: 'first' },
          { arm, half: 'second' },
        ]
      : [{ arm }],
  );
}

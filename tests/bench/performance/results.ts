import type { Interval } from '../stats.ts';
import type { Verdict } from '../verdict.ts';

/** When, of which source and on which machine rows were measured. */
export interface RunFacts {
  /** The date and time in UTC, to the minute: `2026-11-27 18:02`. Names the run. */
  at: string;
  /** The short hash of the commit; with `+` if files differed from it. */
  commit: string;
  seed: number;
  processor: string;
  cores: number;
  memoryGb: number;
  system: string;
  browser: string;
  node: string;
}

/** A row as it is stored: a verdict, with its group and the run that measured it. */
export interface StoredRow extends Verdict {
  group: string;
  /** {@link RunFacts.at} of its run. */
  run: string;
}

/** The last measurement of each row. Rows of one table may come from different runs. */
export interface Results {
  runs: RunFacts[];
  rows: StoredRow[];
}

/** A group's name and rows, in the order of the table. */
export interface KnownGroup {
  name: string;
  rows: readonly string[];
}

/**
 * Replaces the measured rows of one group. Other rows keep their values and their run. Drops rows and runs that no longer
 * exist, and sorts the rest as the groups are listed.
 */
export function merge(
  { runs, rows }: Results,
  run: RunFacts,
  group: string,
  verdicts: readonly Verdict[],
  known: readonly KnownGroup[],
): Results {
  const measured = verdicts.map((verdict): StoredRow => ({ group, run: run.at, ...shortened(verdict) }));
  const all = [...measured, ...rows];
  const ordered = known.flatMap(({ name, rows: names }) =>
    names.flatMap((row) => all.find((stored) => stored.group === name && stored.row === row) ?? []),
  );
  const used = new Set(ordered.map((row) => row.run));
  const others = runs.filter(({ at }) => at !== run.at);
  return { runs: [...others, run].filter(({ at }) => used.has(at)), rows: ordered };
}

/** A verdict with numbers of five digits, without the control, which only decides on the outcome. */
function shortened({ control: _, of, against, interval, ...rest }: Verdict): Verdict {
  return {
    ...rest,
    ...(of !== undefined && { of: short(of) }),
    ...(against !== undefined && { against: short(against) }),
    ...(interval && { interval: shortInterval(interval) }),
  };
}

function shortInterval({ value, low, high }: Interval): Interval {
  return { value: short(value), low: short(low), high: short(high) };
}

const short = (value: number): number => Number(value.toPrecision(5));

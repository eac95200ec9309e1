import { fileURLToPath } from 'node:url';
import { type Experiment, measure } from './experiment.ts';
import type { Random } from './random.ts';
import type { SampleFile } from './samples.ts';
import { judge, type Verdict } from './verdict.ts';

/** The context of a group of measurements. */
export interface Bench {
  /** Fewer samples and smaller jobs. Its rows are printed, but not stored. */
  quick: boolean;
  /** The folder of the production build. */
  extensionDir: string;
  /** Measures an experiment, and adds the verdicts on its claims to the report. */
  measure(experiment: Experiment): Promise<void>;
}

/** Rows that are measured together. */
export interface RowGroup {
  name: string;
  /** The rows it adds to the report. */
  rows: readonly string[];
  /** Sets up, measures, and cleans up. */
  run(bench: Bench): Promise<void>;
}

/** Thrown if a row cannot be measured on this machine. The row is then void. */
export class NotMeasurable extends Error {}

/** Runs one group of rows. Each row gets a verdict, even after an error. */
export async function runGroup(
  group: RowGroup,
  { quick, extensionDir, random, file }: Omit<Bench, 'measure'> & { random: Random; file: SampleFile },
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const bench: Bench = {
    quick,
    extensionDir,
    async measure(experiment) {
      const measured = await measure(experiment, random, file);
      for (const comparison of experiment.comparisons)
        verdicts.push(judge(comparison, measured, experiment.unit, random));
    },
  };
  try {
    await group.run(bench);
  } catch (error) {
    const outcome = error instanceof NotMeasurable ? 'VOID' : 'FAIL';
    const reason = error instanceof Error ? error.message : String(error);
    const missing = group.rows.filter((row) => !verdicts.some((verdict) => verdict.row === row));
    verdicts.push(...missing.map((row): Verdict => ({ row, outcome, reason })));
  }
  return verdicts;
}

/** The full path of a file beside this one. */
export function benchPath(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

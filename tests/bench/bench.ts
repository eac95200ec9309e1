import { fileURLToPath } from 'node:url';
import { type Experiment, measure } from './experiment.ts';
import type { Random } from './random.ts';
import type { SampleFile } from './samples.ts';
import { judge, type Verdict } from './verdict.ts';

/** What a group of rows is measured with. */
export interface Bench {
  /** Fewer samples and smaller jobs, for a whole run within three minutes. */
  quick: boolean;
  /** Where the production build is. */
  extensionDir: string;
  /** Measures everything and adds the verdicts on all comparisons to the report. */
  measure(experiment: Experiment): Promise<void>;
}

/** Rows that are measured beside each other. */
export interface RowGroup {
  name: string;
  /** The rows it adds to the report. */
  rows: readonly string[];
  /** Sets up, measures, and takes down again. */
  run(bench: Bench): Promise<void>;
}

/** Thrown where a row can't be measured here, which says nothing of the subject: the row is void. */
export class NotMeasurable extends Error {}

/** Runs one group of rows. Each of its rows gets a verdict, whatever happens. */
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

/** The full path of something beside this file. */
export function benchPath(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

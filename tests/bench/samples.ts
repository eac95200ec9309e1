import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the runs are kept, one file each. */
export const BENCH_DIR = '.output/bench';

/** One measurement, as it is kept. */
export interface SampleLine {
  /** Epoch milliseconds. */
  at: number;
  experiment: string;
  /** What was measured: `subject`, `peer`, `floor` or the like. */
  arm: string;
  /** For what is measured twice a round: which of the two, for the A/A control. */
  half?: 'first' | 'second';
  /** From 0; warm-ups count by themselves. */
  round: number;
  warmUp: boolean;
  value: number;
  unit: string;
  /** Whatever else was seen with it. */
  details?: Record<string, unknown>;
}

/** Keeps every sample of a run as JSON lines, warm-ups too. */
export class SampleFile {
  readonly path: string;

  /** Begins a file named after the time; its first line says what the run was given. */
  constructor(run: Record<string, unknown>) {
    mkdirSync(BENCH_DIR, { recursive: true });
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    this.path = join(BENCH_DIR, `${time}.jsonl`);
    this.#write({ run });
  }

  add(line: SampleLine): void {
    this.#write(line);
  }

  #write(line: object): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
  }
}

import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder for the runs, one file each. */
export const BENCH_DIR = '.output/bench';

/** One stored measurement. */
export interface SampleLine {
  /** Epoch milliseconds. */
  at: number;
  experiment: string;
  /** The measured arm, for example `subject`, `peer` or `floor`. */
  arm: string;
  /** For an arm measured twice a round: which of the two, for the A/A control. */
  half?: 'first' | 'second';
  /** From 0; warm-ups have their own numbers. */
  round: number;
  warmUp: boolean;
  value: number;
  unit: string;
  /** Additional data of the measurement. */
  details?: Record<string, unknown>;
}

/** Stores every sample of a run as JSON lines, including warm-ups. */
export class SampleFile {
  readonly path: string;

  /** Creates a file named after the time. Its first line has the run's options. */
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

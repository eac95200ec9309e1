/** A long computation in steps of a few milliseconds. A page can handle its events between two steps. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

const ROWS_PER_STEP = 500;

/** Whether a step ends before the row with this index. */
export function endsStep(index: number): boolean {
  return index > 0 && index % ROWS_PER_STEP === 0;
}

/** Does some work for each row, in steps. */
export function* forEachRow<Row>(rows: readonly Row[], work: (row: Row, index: number) => void): Steps<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STEP) {
    if (from > 0) yield;
    const end = Math.min(rows.length, from + ROWS_PER_STEP);
    for (let index = from; index < end; index += 1) work(rows[index] as Row, index);
  }
}

/** The result of all steps, one right after the other. */
export function runAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The result of all steps, with a pause after each; `undefined` if `isCurrent` returns false after a pause. */
export async function runInSlices<Result>(
  steps: Steps<Result>,
  pause: () => Promise<void>,
  isCurrent: () => boolean,
): Promise<Result | undefined> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await pause();
    if (!isCurrent()) return undefined;
  }
}

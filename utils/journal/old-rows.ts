import { type ChainedRow, completedAt, type HistoryRow } from '../model/history-row.ts';

/** Finds how far from the beginning of the history rows are older than a limit. */
export interface OldRowScan {
  /** Takes the next rows in their order; `false` if no later row can be among the old ones. */
  take(rows: readonly (HistoryRow & ChainedRow)[]): boolean;
  /** The last of the old rows, and how many rows there are up to it. */
  last(): Readonly<ChainedRow> | undefined;
  count(): number;
}

/** A row dated so much later than now was written while the clock was wrong; a smaller step back is usual. */
const FUTURE_MS = 86_400_000;

/**
 * Rows are old from the beginning up to the first one that was done at `before` (epoch ms) or later. A row that is
 * dated far later than `now` (epoch ms) says nothing about its age: it is as old as the row after it.
 */
export function scanOldRows(before: number, now: number): OldRowScan {
  let last: ChainedRow | undefined;
  let seen = 0;
  let count = 0;
  return {
    take(rows) {
      for (const row of rows) {
        const done = completedAt(row);
        seen += 1;
        if (done > now + FUTURE_MS) continue;
        if (done >= before) return false;
        last = row;
        count = seen;
      }
      return true;
    },
    last: () => last,
    count: () => count,
  };
}

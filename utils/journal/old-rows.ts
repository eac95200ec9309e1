import { type ChainedRow, completedAt, type HistoryRow } from '../model/history-row.ts';

/** Finds the run of old rows at the beginning of the history. */
export interface OldRowScan {
  /** Scans the next rows in order; `false` if no later row can be in the run. */
  take(rows: readonly (HistoryRow & ChainedRow)[]): boolean;
  /** The last old row, and the number of rows up to it. */
  last(): Readonly<ChainedRow> | undefined;
  count(): number;
}

/** A row dated this much later than now was written while the clock was wrong. Smaller steps back are usual. */
const FUTURE_MS = 86_400_000;

/**
 * Starts a scan. Rows are old up to the first one completed at `cutoff` (epoch ms) or later. The age of a row dated far
 * later than `now` (epoch ms) is unknown: it counts as being as old as the next row.
 */
export function scanOldRows(cutoff: number, now: number): OldRowScan {
  let last: ChainedRow | undefined;
  let scanned = 0;
  let count = 0;
  return {
    take(rows) {
      for (const row of rows) {
        const completed = completedAt(row);
        scanned += 1;
        if (completed > now + FUTURE_MS) continue;
        if (completed >= cutoff) return false;
        last = row;
        count = scanned;
      }
      return true;
    },
    last: () => last,
    count: () => count,
  };
}

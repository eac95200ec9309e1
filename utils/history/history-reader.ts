import { createAttemptStore } from '../journal/attempt-store.ts';
import { createHistoryStore, type HistoryStore } from '../journal/history-store.ts';
import { scanOldRows } from '../journal/old-rows.ts';
import type { Journal } from '../journal/schema.ts';
import type { Clock } from '../lib/clock.ts';
import type { AttemptStore, CheckOutcome, HistoryRow } from '../model/attempt.ts';
import type { CreateOutcome, Outcome } from '../model/outcome.ts';
import { type HistoryLine, lineOf, openLineOf } from './history-entry.ts';

/** What a page reads of the journal's history. It never writes there. */
export type HistoryToRead = Pick<HistoryStore<HistoryRow>, 'bounds' | 'rows'> &
  Pick<AttemptStore, 'unfinished'>;

/** The history as a page reads it. */
export function createHistoryReader(open: () => Promise<Journal>, clock: Clock): HistoryToRead {
  const { bounds, rows } = createHistoryStore<HistoryRow>(open);
  const { unfinished } = createAttemptStore<Outcome, CheckOutcome, CreateOutcome>(open, clock);
  return { bounds, rows, unfinished };
}

/** Rows read at once: the browser takes some milliseconds to hand them over, and the page can't answer meanwhile. */
const READ_AT_ONCE = 500;

/**
 * Reads rows `to` down to `from`, the newest first, some at a time, and whatever was put between them. At first `few`,
 * where that is given.
 */
export async function* readDown(
  journal: Pick<HistoryToRead, 'rows'>,
  { from, to, few = READ_AT_ONCE }: { from: number; to: number; few?: number },
): AsyncGenerator<HistoryLine[]> {
  let count = few;
  for (let last = to; last >= from; last -= count, count = READ_AT_ONCE) {
    const above = Math.max(from, last - count + 1) - 1;
    // The row below is read too, as a key may be any number: nothing can hide between two reads.
    const rows = await journal.rows(above, last);
    yield rows
      .filter(({ row }) => row !== above)
      .reverse()
      .map(lineOf);
  }
}

/** All there is in the history, the newest first. */
export async function readAllLines(journal: HistoryToRead): Promise<HistoryLine[]> {
  const { ends, outside } = await journal.bounds();
  const lines = (await journal.unfinished()).map(openLineOf).reverse();
  const { below, above } = sidesOf(outside, ends.first);
  lines.push(...above);
  for await (const read of readDown(journal, { from: ends.first, to: ends.row })) lines.push(...read);
  return [...lines, ...below];
}

/** Rows beyond the ends of the chain as lines, by the side on which they are, the newest first. */
export function sidesOf(outside: readonly HistoryRow[], first: number) {
  const isBelow = ({ row }: HistoryRow) => row < first;
  const linesOf = (rows: readonly HistoryRow[]) => rows.map(lineOf).reverse();
  return {
    below: linesOf(outside.filter(isBelow)),
    above: linesOf(outside.filter((row) => !isBelow(row))),
  };
}

/** How many of the oldest rows are older than a moment (epoch ms): those that an erasure up to then takes `now`. */
export async function countOlder(journal: HistoryToRead, before: number, now: number): Promise<number> {
  const { ends } = await journal.bounds();
  const scan = scanOldRows(before, now);
  for (let from = ends.first; from <= ends.row; from += READ_AT_ONCE)
    if (!scan.take(await journal.rows(from, Math.min(ends.row, from + READ_AT_ONCE - 1)))) break;
  return scan.count();
}

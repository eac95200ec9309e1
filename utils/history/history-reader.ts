import type { AttemptStore } from '../journal/attempt-store.ts';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { createHistoryStore, type HistoryStore } from '../journal/history-store.ts';
import { scanOldRows } from '../journal/old-rows.ts';
import type { Journal } from '../journal/schema.ts';
import type { Clock } from '../lib/clock.ts';
import type { HistoryRow } from '../model/history-row.ts';
import { type HistoryEntry, toEntry, toOpenEntry } from './history-entry.ts';

/** Read-only access to the journal's history, for pages. */
export type HistoryReader = Pick<HistoryStore, 'loadBounds' | 'rows'> & Pick<AttemptStore, 'findOpen'>;

/** Creates a reader of the history. Its methods reject if the journal can't be opened. */
export function createHistoryReader(open: () => Promise<Journal>, clock: Clock): HistoryReader {
  const { loadBounds, rows } = createHistoryStore(open);
  const { findOpen } = createAttemptStore(open, clock);
  return { loadBounds, rows, findOpen };
}

/** Rows read at once. The transfer takes some milliseconds, which block the page. */
const PAGE_SIZE = 500;

/**
 * Reads rows `to` down to `from` in pages, newest first, with any stray rows between them. `few` is the size of the first
 * page.
 */
export async function* iterateNewestFirst(
  journal: Pick<HistoryReader, 'rows'>,
  { from, to, few = PAGE_SIZE }: { from: number; to: number; few?: number },
): AsyncGenerator<HistoryEntry[]> {
  let count = few;
  for (let last = to; last >= from; last -= count, count = PAGE_SIZE) {
    const above = Math.max(from, last - count + 1) - 1;
    // The row below is read too, as a key may be any number: nothing can hide between two reads.
    const rows = await journal.rows(above, last);
    yield rows
      .filter(({ row }) => row !== above)
      .reverse()
      .map(toEntry);
  }
}

/** Reads the whole history, newest first. */
export async function readAll(journal: HistoryReader): Promise<HistoryEntry[]> {
  const { ends, outside } = await journal.loadBounds();
  const lines = (await journal.findOpen()).map(toOpenEntry).reverse();
  const { below, above } = splitStrayRows(outside, ends.firstSequence);
  lines.push(...above);
  for await (const read of iterateNewestFirst(journal, { from: ends.firstSequence, to: ends.row }))
    lines.push(...read);
  return [...lines, ...below];
}

/** Splits rows outside the chain into those below and above it, as lines, newest first. */
export function splitStrayRows(outside: readonly HistoryRow[], first: number) {
  const isBelow = ({ row }: HistoryRow) => row < first;
  const linesOf = (rows: readonly HistoryRow[]) => rows.map(toEntry).reverse();
  return {
    below: linesOf(outside.filter(isBelow)),
    above: linesOf(outside.filter((row) => !isBelow(row))),
  };
}

/** Counts the rows that an erasure at `now` of rows before `before` would take (both epoch ms). */
export async function countOlder(journal: HistoryReader, before: number, now: number): Promise<number> {
  const { ends } = await journal.loadBounds();
  const scan = scanOldRows(before, now);
  for (let from = ends.firstSequence; from <= ends.row; from += PAGE_SIZE)
    if (!scan.take(await journal.rows(from, Math.min(ends.row, from + PAGE_SIZE - 1)))) break;
  return scan.count();
}

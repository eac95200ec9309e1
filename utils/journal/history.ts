import type { Clock } from '../clock.ts';
import { type ChainEnds, type Chained, NEW_CHAIN } from './chain.ts';
import { writeStrictly } from './database.ts';
import type { Erasure, HistoryRow } from './history-row.ts';
import { addRows, ENDS, readEnds } from './rows.ts';
import type { Journal, Writing } from './schema.ts';

/** The rows of the history. Rows are only ever added, or the oldest of them erased. */
export interface HistoryStore<Row extends Chained> {
  ends(): Promise<ChainEnds>;
  /** The same, with what is kept beyond those ends: rows that were never written there. A thousand at most, either way. */
  bounds(): Promise<{ ends: ChainEnds; outside: Row[] }>;
  /** The rows with these numbers, both included, in their order; whatever else is between them too. */
  rows(from: number, to: number): Promise<Row[]>;
  /**
   * Erases the oldest rows, up to the first one that is not older than `before` (epoch ms); without it, all. Says so
   * in a row of its own, where it erased any. Returns how many.
   */
  erase(by: Erasure['by'], before?: number): Promise<number>;
}

/** There should be none at all; more are no news. */
const MOST_OUTSIDE = 1_000;

/** The history, as kept in the journal. */
export function createHistoryStore<Row extends Chained>(
  open: () => Promise<Journal>,
  clock: Clock,
): HistoryStore<Row> {
  return {
    ends: async () => (await (await open()).get('chain', ENDS)) ?? NEW_CHAIN,
    async bounds() {
      const reading = (await open()).transaction(['chain', 'history']);
      const ends = (await reading.objectStore('chain').get(ENDS)) ?? NEW_CHAIN;
      const beyond = [IDBKeyRange.upperBound(ends.first - 1), IDBKeyRange.lowerBound(ends.row, true)];
      const history = reading.objectStore('history');
      const outside = await Promise.all(beyond.map((range) => history.getAll(range, MOST_OUTSIDE)));
      return { ends, outside: outside.flat() as unknown as Row[] };
    },
    rows: async (from, to) =>
      (await (await open()).getAll('history', IDBKeyRange.bound(from, to))) as unknown as Row[],
    erase: async (by, before = Number.POSITIVE_INFINITY) =>
      writeStrictly(await open(), ['history', 'chain'], async (writing) => {
        const ends = await readEnds(writing);
        const last = await lastBefore(writing, before);
        if (!last) return 0;
        const history = writing.objectStore('history');
        const older = IDBKeyRange.upperBound(last.row);
        const count = await history.count(older);
        await history.delete(older);
        await writing.objectStore('chain').put({ ...ends, first: last.row + 1, before: last.hash }, ENDS);
        const erasure = { at: clock.now(), by, count, upTo: last.row, lastHash: last.hash } as const;
        await addRows(writing, [{ action: 'erase', ...erasure }]);
        return count;
      }),
  };
}

/** Rows that are looked at with one request; one row at a time, a long history kept all other writes waiting. */
const LOOKED_AT_ONCE = 1_000;

/** The last of the rows from the beginning on that are all older. */
async function lastBefore(writing: Writing, before: number): Promise<HistoryRow | undefined> {
  let last: HistoryRow | undefined;
  const history = writing.objectStore('history');
  if (before === Number.POSITIVE_INFINITY) return (await history.openCursor(null, 'prev'))?.value;
  for (;;) {
    const rows = await history.getAll(IDBKeyRange.lowerBound(last?.row ?? 0, true), LOOKED_AT_ONCE);
    for (const row of rows) {
      if ((row.action === 'erase' ? row.at : (row.finishedAt ?? row.at)) >= before) return last;
      last = row;
    }
    if (rows.length < LOOKED_AT_ONCE) return last;
  }
}

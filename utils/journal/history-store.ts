import type { Chained } from '../model/history-row.ts';
import { type ChainEnds, NEW_CHAIN } from './hash-chain.ts';
import { ENDS, endsAt, isWhole, rowsBeyond } from './history-log.ts';
import type { Journal } from './schema.ts';

/** Between which rows the history is, as far as that is known. */
export interface HistoryBounds<Row extends Chained> {
  ends: ChainEnds;
  /** The chain's own record of its ends is lost; `ends` are those of the rows that are there. */
  isLost: boolean;
  /** What is kept beyond those ends: rows that were never written there. A thousand at most, either way. */
  outside: Row[];
}

/** The rows of the history, to be read. */
export interface HistoryStore<Row extends Chained> {
  bounds(): Promise<HistoryBounds<Row>>;
  /** The rows with these numbers, both included, in their order; whatever else is between them too. */
  rows(from: number, to: number): Promise<Row[]>;
}

/** There should be none at all; more are no news. */
const MOST_OUTSIDE = 1_000;

/** The history, as kept in the journal. */
export function createHistoryStore<Row extends Chained>(open: () => Promise<Journal>): HistoryStore<Row> {
  return {
    async bounds() {
      const reading = (await open()).transaction(['chain', 'history']);
      const history = reading.objectStore('history');
      const known = await reading.objectStore('chain').get(ENDS);
      const last = isWhole(known) ? undefined : (await history.openCursor(rowsBeyond(0), 'prev'))?.value;
      const ends = isWhole(known) ? known : last ? endsAt(NEW_CHAIN, last) : NEW_CHAIN;
      const beyond = [IDBKeyRange.upperBound(ends.first - 1), IDBKeyRange.lowerBound(ends.row, true)];
      const outside = await Promise.all(beyond.map((range) => history.getAll(range, MOST_OUTSIDE)));
      return { ends, isLost: last !== undefined, outside: outside.flat() as unknown as Row[] };
    },
    rows: async (from, to) =>
      (await (await open()).getAll('history', IDBKeyRange.bound(from, to))) as unknown as Row[],
  };
}

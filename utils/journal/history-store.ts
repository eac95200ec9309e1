import type { HistoryRow } from '../model/history-row.ts';
import { type ChainHead, EMPTY_CHAIN } from './hash-chain.ts';
import { HEAD_KEY, headAfter, isValidHead, rangeBeyond } from './history-log.ts';
import type { Journal } from './schema.ts';

/** Between which rows the history is, as far as that is known. */
export interface HistoryBounds {
  ends: ChainHead;
  /** The chain's own record of its ends is lost; `ends` are those of the rows that are there. */
  isHeadMissing: boolean;
  /** What is kept beyond those ends: rows that were never written there. A thousand at most, either way. */
  outside: HistoryRow[];
}

/** The rows of the history, to be read. */
export interface HistoryStore {
  loadBounds(): Promise<HistoryBounds>;
  /** The rows with these numbers, both included, in their order; whatever else is between them too. */
  rows(from: number, to: number): Promise<HistoryRow[]>;
}

/** There should be none at all; more are no news. */
const MAX_STRAY_ROWS = 1_000;

/** The history, as kept in the journal. */
export function createHistoryStore(open: () => Promise<Journal>): HistoryStore {
  return {
    async loadBounds() {
      const reading = (await open()).transaction(['chain', 'history']);
      const history = reading.objectStore('history');
      const known = await reading.objectStore('chain').get(HEAD_KEY);
      const last = isValidHead(known) ? undefined : (await history.openCursor(rangeBeyond(0), 'prev'))?.value;
      const ends = isValidHead(known) ? known : last ? headAfter(EMPTY_CHAIN, last) : EMPTY_CHAIN;
      const beyond = [IDBKeyRange.upperBound(ends.firstSequence - 1), IDBKeyRange.lowerBound(ends.row, true)];
      const strayRows = await Promise.all(beyond.map((range) => history.getAll(range, MAX_STRAY_ROWS)));
      return { ends, isHeadMissing: last !== undefined, outside: strayRows.flat() };
    },
    rows: async (from, to) => (await open()).getAll('history', IDBKeyRange.bound(from, to)),
  };
}

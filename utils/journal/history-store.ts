import type { HistoryRow } from '../model/history-row.ts';
import { type ChainHead, EMPTY_CHAIN } from './hash-chain.ts';
import { HEAD_KEY, headAfter, isValidHead, rangeBeyond } from './history-log.ts';
import type { Journal } from './schema.ts';

/** The bounds of the history. */
export interface HistoryBounds {
  ends: ChainHead;
  /** Whether the stored head is missing; `ends` is then derived from the existing rows. */
  isHeadMissing: boolean;
  /** Stray rows beyond the ends, which the journal did not write. At most 1,000 on each side. */
  outside: HistoryRow[];
}

/** Reads the history. */
export interface HistoryStore {
  loadBounds(): Promise<HistoryBounds>;
  /** Returns the rows from one number to another, both included, in order, with stray rows in between. */
  rows(from: number, to: number): Promise<HistoryRow[]>;
}

/** The maximum number of stray rows per side; normally there are none. */
const MAX_STRAY_ROWS = 1_000;

/** Reads the history from the journal. */
export function createHistoryStore(open: () => Promise<Journal>): HistoryStore {
  return {
    async loadBounds() {
      const transaction = (await open()).transaction(['chain', 'history']);
      const history = transaction.objectStore('history');
      const stored = await transaction.objectStore('chain').get(HEAD_KEY);
      const last = isValidHead(stored)
        ? undefined
        : (await history.openCursor(rangeBeyond(0), 'prev'))?.value;
      const ends = isValidHead(stored) ? stored : last ? headAfter(EMPTY_CHAIN, last) : EMPTY_CHAIN;
      const beyond = [IDBKeyRange.upperBound(ends.firstSequence - 1), IDBKeyRange.lowerBound(ends.row, true)];
      const strayRows = await Promise.all(beyond.map((range) => history.getAll(range, MAX_STRAY_ROWS)));
      return { ends, isHeadMissing: last !== undefined, outside: strayRows.flat() };
    },
    rows: async (from, to) => (await open()).getAll('history', IDBKeyRange.bound(from, to)),
  };
}

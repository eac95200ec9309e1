import { type ChainEnds, chainHash, NEW_CHAIN } from './chain.ts';
import type { HistoryEntry, HistoryRow } from './history-row.ts';
import type { Writing } from './schema.ts';

/** The key of the one record in `chain`. */
export const ENDS = 'ends';

/** Adds rows to the end of the chain. The transaction has `history` and `chain`. */
export async function addRows(writing: Writing, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  let ends = await readEnds(writing);
  const rows = entries.map((entry) => {
    const isNumbered = entry.action === 'erase' || entry.attemptId !== undefined;
    const attemptId = ends.attemptId + (isNumbered ? 0 : 1);
    const content = { ...entry, ...(isNumbered ? {} : { attemptId }), row: ends.row + 1 };
    const hash = chainHash(ends.hash, content);
    ends = { ...ends, attemptId, row: content.row, hash };
    return { ...content, hash } as HistoryRow;
  });
  const history = writing.objectStore('history');
  await Promise.all([...rows.map((row) => history.add(row)), writing.objectStore('chain').put(ends, ENDS)]);
}

/** Numbers an attempt that is written ahead. The transaction has `chain`. */
export async function numberAttempt(writing: Writing): Promise<number> {
  const ends = await readEnds(writing);
  const attemptId = ends.attemptId + 1;
  await writing.objectStore('chain').put({ ...ends, attemptId }, ENDS);
  return attemptId;
}

/** Where the chain begins and ends. The transaction has `chain`. */
export async function readEnds(writing: Writing): Promise<ChainEnds> {
  return (await writing.objectStore('chain').get(ENDS)) ?? NEW_CHAIN;
}

import type { ChainedRow, HistoryRow, NewHistoryRow } from '../model/history-row.ts';
import { type ChainHead, chainHash, EMPTY_CHAIN } from './hash-chain.ts';
import type { JournalName, WriteTransaction } from './schema.ts';

/** The key of the record in `chain` that holds both ends. */
export const HEAD_KEY = 'ends';

/** No history comes to so many rows. A row beyond has been put there, and its number is nothing to go on from. */
const MAX_SEQUENCE = 1e8;
/** So far beyond the end of the chain rows are looked for that are in the way of the next ones. */
const CONFLICT_SCAN_RANGE = 10_000;

/** The rows that may stand beyond the end of the chain; where that isn't known, all. */
export function rangeBeyond(row: number): IDBKeyRange {
  return IDBKeyRange.bound(row, row > 0 ? row + CONFLICT_SCAN_RANGE : MAX_SEQUENCE, true);
}

/** Whether what is kept as the chain's ends can be gone on from. */
export function isValidHead(ends: ChainHead | JournalName | undefined): ends is ChainHead {
  const { row, firstSequence, attemptId } = (ends ?? {}) as Partial<ChainHead>;
  return [row, firstSequence, attemptId].every(Number.isInteger);
}

/** The ends of a chain that goes on after this row, whatever its number is. */
export function headAfter(ends: ChainHead, { row, hash }: ChainedRow): ChainHead {
  return { ...ends, row: Math.floor(row), hash };
}

/** Adds rows to the end of the chain (`at`: epoch ms). The transaction has `history` and `chain`. */
export async function appendRows(
  writing: WriteTransaction,
  entries: readonly NewHistoryRow[],
  at: number,
): Promise<ChainHead> {
  return appendAfter(writing, await loadOrRepairHead(writing, at), entries);
}

/**
 * Numbers an attempt that is written ahead (`at`: epoch ms): by the next number that no open attempt has. A record put
 * there by hand would else block every further attempt. The transaction has `attempts`, `history` and `chain`.
 */
export async function allocateAttemptId(writing: WriteTransaction, at: number): Promise<number> {
  const ends = await loadOrRepairHead(writing, at);
  const open = writing.objectStore('attempts');
  let attemptId = ends.attemptId + 1;
  for (let taken: number | undefined = attemptId; taken !== undefined; ) {
    const inTheWay = IDBKeyRange.bound(attemptId, attemptId + CONFLICT_SCAN_RANGE);
    taken = (await open.openKeyCursor(inTheWay, 'prev'))?.primaryKey;
    if (taken !== undefined) attemptId = Math.floor(taken) + 1;
  }
  await writing.objectStore('chain').put({ ...ends, attemptId }, HEAD_KEY);
  return attemptId;
}

/**
 * Where the chain begins and ends. The transaction has `history` and `chain`.
 *
 * Where that is known no more, or rows stand where the next ones belong, nothing could be written any longer, and so
 * nothing be sent. Then the chain goes on after the last row, with a row of its own that says so for good (`at`: epoch ms).
 */
export async function loadOrRepairHead(writing: WriteTransaction, at: number): Promise<ChainHead> {
  const known = await writing.objectStore('chain').get(HEAD_KEY);
  const ends = isValidHead(known) ? known : EMPTY_CHAIN;
  const history = writing.objectStore('history');
  let last: ChainedRow = ends;
  for (let next: ChainedRow | undefined = ends; next; ) {
    last = next;
    next = (await history.openCursor(rangeBeyond(last.row), 'prev'))?.value;
  }
  if (last === ends) return ends;
  // Which attempts have been numbered may be known no more either, and no two may have one number.
  const attemptId = Math.max(at, ends.attemptId);
  return appendAfter(writing, { ...headAfter(ends, last), attemptId }, [{ action: 'lost', at }]);
}

async function appendAfter(
  writing: WriteTransaction,
  after: ChainHead,
  entries: readonly NewHistoryRow[],
): Promise<ChainHead> {
  let ends = after;
  const rows = entries.map((entry) => {
    const isNumbered = !('accountId' in entry) || entry.attemptId !== undefined;
    const attemptId = ends.attemptId + (isNumbered ? 0 : 1);
    const content = { ...entry, ...(isNumbered ? {} : { attemptId }), row: ends.row + 1 };
    const hash = chainHash(ends.hash, content);
    ends = { ...ends, attemptId, row: content.row, hash };
    return { ...content, hash } as HistoryRow;
  });
  const history = writing.objectStore('history');
  await Promise.all([
    ...rows.map((row) => history.add(row)),
    writing.objectStore('chain').put(ends, HEAD_KEY),
  ]);
  return ends;
}

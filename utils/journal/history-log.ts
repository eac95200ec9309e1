import type { ChainedRow, HistoryRow, NewHistoryRow } from '../model/history-row.ts';
import { type ChainHead, chainHash, EMPTY_CHAIN } from './hash-chain.ts';
import type { JournalName, WriteTransaction } from './schema.ts';

/** The key of the record in `chain` that stores both ends. */
export const HEAD_KEY = 'ends';

/** No history has this many rows. A row beyond was inserted by hand, and the chain does not continue after it. */
const MAX_SEQUENCE = 1e8;
/** How far beyond the end of the chain rows are searched that would conflict with the next ones. */
const CONFLICT_SCAN_RANGE = 10_000;

/** The range of possible rows beyond the end of the chain. Row 0 means an unknown end: all rows. */
export function rangeBeyond(row: number): IDBKeyRange {
  return IDBKeyRange.bound(row, row > 0 ? row + CONFLICT_SCAN_RANGE : MAX_SEQUENCE, true);
}

/** Whether a stored record is a valid head, after which the chain can continue. */
export function isValidHead(record: ChainHead | JournalName | undefined): record is ChainHead {
  const { row, firstSequence, attemptId } = (record ?? {}) as Partial<ChainHead>;
  return [row, firstSequence, attemptId].every(Number.isInteger);
}

/** The head of a chain that continues after this row, whose number may be fractional. */
export function headAfter(head: ChainHead, { row, hash }: ChainedRow): ChainHead {
  return { ...head, row: Math.floor(row), hash };
}

/** Appends rows to the chain (`at`: epoch ms). The transaction must include `history` and `chain`. */
export async function appendRows(
  transaction: WriteTransaction,
  entries: readonly NewHistoryRow[],
  at: number,
): Promise<ChainHead> {
  return appendAfter(transaction, await loadOrRepairHead(transaction, at), entries);
}

/**
 * Allocates the next attempt number that no open attempt has (`at`: epoch ms). Otherwise, a record inserted by hand would
 * block every later attempt. The transaction must include `attempts`, `history` and `chain`.
 */
export async function allocateAttemptId(transaction: WriteTransaction, at: number): Promise<number> {
  const head = await loadOrRepairHead(transaction, at);
  const open = transaction.objectStore('attempts');
  let attemptId = head.attemptId + 1;
  for (let taken: number | undefined = attemptId; taken !== undefined; ) {
    const conflicts = IDBKeyRange.bound(attemptId, attemptId + CONFLICT_SCAN_RANGE);
    taken = (await open.openKeyCursor(conflicts, 'prev'))?.primaryKey;
    if (taken !== undefined) attemptId = Math.floor(taken) + 1;
  }
  await transaction.objectStore('chain').put({ ...head, attemptId }, HEAD_KEY);
  return attemptId;
}

/**
 * Loads the chain's head. The transaction must include `history` and `chain`.
 *
 * If the head is missing, or rows already occupy the next positions, appends would fail and block every cancel. Then the
 * chain continues after the last row, with a row that permanently records the loss (`at`: epoch ms).
 */
export async function loadOrRepairHead(transaction: WriteTransaction, at: number): Promise<ChainHead> {
  const stored = await transaction.objectStore('chain').get(HEAD_KEY);
  const head = isValidHead(stored) ? stored : EMPTY_CHAIN;
  const history = transaction.objectStore('history');
  let last: ChainedRow = head;
  for (let next: ChainedRow | undefined = head; next; ) {
    last = next;
    next = (await history.openCursor(rangeBeyond(last.row), 'prev'))?.value;
  }
  if (last === head) return head;
  // The last attempt number may be lost too. The time is larger than any earlier number, so numbers stay unique.
  const attemptId = Math.max(at, head.attemptId);
  return appendAfter(transaction, { ...headAfter(head, last), attemptId }, [{ action: 'lost', at }]);
}

async function appendAfter(
  transaction: WriteTransaction,
  after: ChainHead,
  entries: readonly NewHistoryRow[],
): Promise<ChainHead> {
  let head = after;
  const rows = entries.map((entry) => {
    const isNumbered = !('accountId' in entry) || entry.attemptId !== undefined;
    const attemptId = head.attemptId + (isNumbered ? 0 : 1);
    const content = { ...entry, ...(isNumbered ? {} : { attemptId }), row: head.row + 1 };
    const hash = chainHash(head.hash, content);
    head = { ...head, attemptId, row: content.row, hash };
    return { ...content, hash } as HistoryRow;
  });
  const history = transaction.objectStore('history');
  await Promise.all([
    ...rows.map((row) => history.add(row)),
    transaction.objectStore('chain').put(head, HEAD_KEY),
  ]);
  return head;
}

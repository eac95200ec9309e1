import type { Clock } from '../lib/clock.ts';
import { type GetOperator, NO_OPERATOR } from '../model/attempt.ts';
import type { ErasureRecord } from '../model/history-row.ts';
import { runDurableTransaction } from './database.ts';
import { appendRows, HEAD_KEY, loadOrRepairHead } from './history-log.ts';
import { scanOldRows } from './old-rows.ts';
import type { Journal, WriteTransaction } from './schema.ts';

/** Erases rows of the history: the oldest ones, or all. */
export interface HistoryEraser {
  /**
   * Erases the rows before the first one completed at `cutoff` (epoch ms) or later; without `cutoff`, all rows. A row
   * dated in the future does not stop the scan. Records the erasure in a new row if it erased any. Returns the number of
   * erased rows.
   */
  erase(by: ErasureRecord['by'], cutoff?: number): Promise<number>;
}

/** Erases rows from the journal. Rejects if that failed; then nothing is erased. */
export function createHistoryEraser(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: GetOperator = NO_OPERATOR,
): HistoryEraser {
  return {
    async erase(by, cutoff) {
      const operator = by === 'operator' ? await readOperator() : {};
      return runDurableTransaction(await open(), ['history', 'chain'], (transaction) =>
        eraseRows(transaction, { by, at: clock.now(), ...operator }, cutoff),
      );
    },
  };
}

/** Erases rows as {@link HistoryEraser} documents. The transaction must include `history` and `chain`. */
export async function eraseRows(
  transaction: WriteTransaction,
  header: Pick<ErasureRecord, 'by' | 'at' | 'operator'>,
  cutoff?: number,
): Promise<number> {
  const { at } = header;
  const head = await loadOrRepairHead(transaction, at);
  const last = cutoff === undefined ? head : await findLastOlderThan(transaction, cutoff, at);
  if (!last) return 0;
  const history = transaction.objectStore('history');
  // Erasing all rows includes stray rows beyond the end.
  const older = IDBKeyRange.upperBound(cutoff === undefined ? [] : last.row);
  const count = await history.count(older);
  if (count === 0) return 0;
  await history.delete(older);
  await transaction
    .objectStore('chain')
    .put({ ...head, firstSequence: last.row + 1, previousHash: last.hash }, HEAD_KEY);
  const erased = { count, lastErasedSequence: last.row, lastHash: last.hash } as const;
  await appendRows(transaction, [{ action: 'erase', ...header, ...erased }], at);
  return count;
}

/** Rows read per request. Reading rows one by one would block all other writes during a long history. */
const SCAN_BATCH_SIZE = 1_000;

/** The last row of the unbroken run of older rows from the beginning. */
async function findLastOlderThan(transaction: WriteTransaction, cutoff: number, now: number) {
  const scan = scanOldRows(cutoff, now);
  const history = transaction.objectStore('history');
  for (let after = 0; ; ) {
    const rows = await history.getAll(IDBKeyRange.lowerBound(after, true), SCAN_BATCH_SIZE);
    if (!scan.take(rows) || rows.length < SCAN_BATCH_SIZE) return scan.last();
    after = rows.at(-1)?.row ?? after;
  }
}

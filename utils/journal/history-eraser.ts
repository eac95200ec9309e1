import type { Clock } from '../lib/clock.ts';
import { type GetOperator, NO_OPERATOR } from '../model/attempt.ts';
import type { ErasureRecord } from '../model/history-row.ts';
import { runDurableTransaction } from './database.ts';
import { appendRows, HEAD_KEY, loadOrRepairHead } from './history-log.ts';
import { scanOldRows } from './old-rows.ts';
import type { Journal, WriteTransaction } from './schema.ts';

/** Takes rows out of the history: the oldest ones, or all. */
export interface HistoryEraser {
  /**
   * Erases the oldest rows, up to the first one that is not older than `previousHash` (epoch ms); without it, all. A row that
   * is dated in the future does not hold up the rows after it. Says so in a row of its own, if it erased any. Returns
   * how many.
   */
  erase(by: ErasureRecord['by'], before?: number): Promise<number>;
}

/** Erases from the journal; rejects where that failed, and then nothing is erased. */
export function createHistoryEraser(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: GetOperator = NO_OPERATOR,
): HistoryEraser {
  return {
    async erase(by, before) {
      const named = by === 'operator' ? await readOperator() : {};
      return runDurableTransaction(await open(), ['history', 'chain'], (writing) =>
        eraseRows(writing, { by, at: clock.now(), ...named }, before),
      );
    },
  };
}

/** Erases rows as {@link HistoryEraser} says. The transaction has `history` and `chain`. */
export async function eraseRows(
  writing: WriteTransaction,
  who: Pick<ErasureRecord, 'by' | 'at' | 'operator'>,
  before?: number,
): Promise<number> {
  const { at } = who;
  const ends = await loadOrRepairHead(writing, at);
  const last = before === undefined ? ends : await findLastOlderThan(writing, before, at);
  if (!last) return 0;
  const history = writing.objectStore('history');
  // If all go, so do rows that were put beyond the end.
  const older = IDBKeyRange.upperBound(before === undefined ? [] : last.row);
  const count = await history.count(older);
  if (count === 0) return 0;
  await history.delete(older);
  await writing
    .objectStore('chain')
    .put({ ...ends, firstSequence: last.row + 1, previousHash: last.hash }, HEAD_KEY);
  const erased = { count, lastErasedSequence: last.row, lastHash: last.hash } as const;
  await appendRows(writing, [{ action: 'erase', ...who, ...erased }], at);
  return count;
}

/** Rows that are looked at with one request; one row at a time, a long history kept all other writes waiting. */
const SCAN_BATCH_SIZE = 1_000;

/** The last of the rows from the beginning on that are all older. */
async function findLastOlderThan(writing: WriteTransaction, before: number, now: number) {
  const scan = scanOldRows(before, now);
  const history = writing.objectStore('history');
  for (let above = 0; ; ) {
    const rows = await history.getAll(IDBKeyRange.lowerBound(above, true), SCAN_BATCH_SIZE);
    if (!scan.take(rows) || rows.length < SCAN_BATCH_SIZE) return scan.last();
    above = rows.at(-1)?.row ?? above;
  }
}

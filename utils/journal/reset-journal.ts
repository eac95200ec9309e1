import { deleteDB, openDB } from 'idb';
import type { Clock } from '../lib/clock.ts';
import { withTimeLimit } from '../lib/time-limit.ts';
import { JOURNAL, OPENED_WITHIN_MS, runDurableTransaction } from './database.ts';
import { eraseRows } from './history-eraser.ts';
import { JournalUnavailable, troubleOf } from './journal-trouble.ts';
import type { Journal } from './schema.ts';

const inTime = <Result>(work: Promise<Result>) =>
  withTimeLimit(work, OPENED_WITHIN_MS, () => new JournalUnavailable('blocked'));

/**
 * Erases everything in the journal: all jobs, open attempts, and the history except for a row that records the erasure.
 * Empties a journal of a newer version. Deletes a damaged one. Rejects with {@link JournalUnavailable}; the data may then
 * still exist.
 */
export async function resetJournal(open: () => Promise<Journal>, clock: Clock): Promise<void> {
  try {
    await empty(await open(), clock);
  } catch (error) {
    const trouble = troubleOf(error);
    // The page that blocks opening would block deletion too.
    if (trouble === 'blocked') throw error;
    if (trouble === 'newer') await inTime(emptyNewer()).catch(reject);
    else await inTime(deleteDB(JOURNAL)).catch(reject);
  }
}

function reject(error: unknown): never {
  throw new JournalUnavailable(troubleOf(error), error);
}

async function empty(journal: Journal, clock: Clock): Promise<void> {
  await runDurableTransaction(
    journal,
    ['history', 'chain', 'attempts', 'jobs', 'items'],
    async (transaction) => {
      await eraseRows(transaction, { by: 'operator', at: clock.now() });
      await Promise.all(
        (['attempts', 'jobs', 'items'] as const).map((store) => transaction.objectStore(store).clear()),
      );
    },
  );
}

/** Empties a journal of unknown form. Deletion is impossible while a page of the newer version has it open. */
async function emptyNewer(): Promise<void> {
  // Without a version, the database opens as it is. It exists, because its version was found to be newer.
  const newer = await openDB(JOURNAL, undefined, {
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  try {
    const stores = [...newer.objectStoreNames];
    if (stores.length === 0) return;
    const transaction = newer.transaction(stores, 'readwrite', { durability: 'strict' });
    await Promise.all([...stores.map((store) => transaction.objectStore(store).clear()), transaction.done]);
  } finally {
    newer.close();
  }
}

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
 * Erases everything in the journal: the history, but for a row that says so, all jobs, and the attempts without an
 * outcome. A journal that a newer version has written is emptied; one that is damaged is deleted as a whole. Rejects with
 * {@link JournalUnavailable}, and then it may still be there.
 */
export async function resetJournal(open: () => Promise<Journal>, clock: Clock): Promise<void> {
  try {
    await empty(await open(), clock);
  } catch (error) {
    const trouble = troubleOf(error);
    // Deleting would wait for the same page that the opening has waited for.
    if (trouble === 'blocked') throw error;
    if (trouble === 'newer') await inTime(emptyNewer()).catch(reject);
    else await inTime(deleteDB(JOURNAL)).catch(reject);
  }
}

function reject(error: unknown): never {
  throw new JournalUnavailable(troubleOf(error), error);
}

async function empty(journal: Journal, clock: Clock): Promise<void> {
  await runDurableTransaction(journal, ['history', 'chain', 'attempts', 'jobs', 'items'], async (writing) => {
    await eraseRows(writing, { by: 'operator', at: clock.now() });
    await Promise.all(
      (['attempts', 'jobs', 'items'] as const).map((store) => writing.objectStore(store).clear()),
    );
  });
}

/** Empties a journal whose form is not known. It can't be deleted while a page of the newer version has it open. */
async function emptyNewer(): Promise<void> {
  // Without a version, a database is opened as it is. It exists, or its version could not be a newer one.
  const newer = await openDB(JOURNAL, undefined, {
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  try {
    const stores = [...newer.objectStoreNames];
    if (stores.length === 0) return;
    const writing = newer.transaction(stores, 'readwrite', { durability: 'strict' });
    await Promise.all([...stores.map((store) => writing.objectStore(store).clear()), writing.done]);
  } finally {
    newer.close();
  }
}

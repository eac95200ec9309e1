import { openDB } from 'idb';
import { withTimeLimit } from '../lib/time-limit.ts';
import { JournalUnavailable, troubleOf } from './journal-trouble.ts';
import type { Journal, JournalSchema, StoreName, WriteTransaction } from './schema.ts';

/** The name of the database. */
export const JOURNAL = 'journal';
const VERSION = 1;
/** If opening takes longer, another page blocks it, for example by deleting or upgrading the journal. */
export const OPENED_WITHIN_MS = 5_000;

/**
 * Opens the journal; creates it on first use. Rejects with {@link JournalUnavailable} if it can't be opened. Calls
 * `onClosed` when the connection becomes unusable.
 */
export function openJournal(onClosed: () => void = () => undefined): Promise<Journal> {
  return openDatabase(onClosed).catch((error) => {
    throw new JournalUnavailable(troubleOf(error), error);
  });
}

async function openDatabase(onClosed: () => void): Promise<Journal> {
  return openDB<JournalSchema>(JOURNAL, VERSION, {
    upgrade(database) {
      database.createObjectStore('attempts', { keyPath: 'attemptId' });
      const jobs = database.createObjectStore('jobs', { keyPath: 'jobId', autoIncrement: true });
      jobs.createIndex('open', 'openFlag');
      const items = database.createObjectStore('items', { keyPath: ['jobId', 'position'] });
      items.createIndex('open', ['jobId', 'open']);
      items.createIndex('revision', ['jobId', 'revision']);
      const history = database.createObjectStore('history', { keyPath: 'row' });
      history.createIndex('accountId', 'accountId');
      database.createObjectStore('chain');
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
}

/**
 * Returns a function that opens a shared connection on first use, and again after it failed or was closed. If opening
 * takes too long, the call rejects as `blocked`; the opening continues, and later calls get its connection.
 */
export function createConnectionProvider(): () => Promise<Journal> {
  let opening: Promise<Journal> | undefined;
  const dropConnection = () => {
    opening = undefined;
  };
  return () => {
    opening ??= openJournal(dropConnection).catch((error) => {
      dropConnection();
      throw error;
    });
    return withTimeLimit(opening, OPENED_WITHIN_MS, () => new JournalUnavailable('blocked'));
  };
}

/** Runs `work` in one transaction, which is on disk before the call returns. If `work` throws, writes nothing. */
export async function runDurableTransaction<Result>(
  journal: Journal,
  stores: StoreName[],
  work: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  const transaction = journal.transaction(stores, 'readwrite', { durability: 'strict' });
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    transaction.done.catch(() => undefined);
    try {
      transaction.abort();
    } catch {
      // The transaction has already ended.
    }
    // If the browser has aborted it, as for a full disk, the pending requests only say that they were aborted.
    throw transaction.error ?? error;
  }
}

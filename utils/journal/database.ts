import { openDB } from 'idb';
import { withTimeLimit } from '../lib/time-limit.ts';
import { JournalUnavailable, troubleOf } from './journal-trouble.ts';
import type { Journal, JournalSchema, StoreName, WriteTransaction } from './schema.ts';

/** The name of the database. */
export const JOURNAL = 'journal';
const VERSION = 1;
/** An opening that takes longer waits for another page, as one that is deleting the journal or changing its version. */
export const OPENED_WITHIN_MS = 5_000;

/**
 * Opens the journal, and makes it on first use. Rejects with {@link JournalUnavailable} if it can't be opened.
 * `onClosed` is told when the connection is no longer of use.
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
 * A connection that is opened on first use, and again after the browser refused or closed it. An opening that takes too
 * long rejects as `blocked`; it goes on, and later calls get its connection.
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

/**
 * Writes in one transaction that is on disk before the call returns, or not at all: where the work throws, nothing
 * of it is written.
 */
export async function runDurableTransaction<Result>(
  journal: Journal,
  stores: StoreName[],
  work: (writing: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  const writing = journal.transaction(stores, 'readwrite', { durability: 'strict' });
  try {
    const result = await work(writing);
    await writing.done;
    return result;
  } catch (error) {
    writing.done.catch(() => undefined);
    try {
      writing.abort();
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
}

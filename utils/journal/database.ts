import { openDB } from 'idb';
import type { Journal, JournalSchema, StoreName, Writing } from './schema.ts';

const NAME = 'journal';
const VERSION = 1;

/**
 * Opens the journal, and makes it on first use. Rejects where the browser gives no storage. `onClosed` is told when
 * the connection is no longer of use.
 */
export async function openJournal(onClosed: () => void = () => undefined): Promise<Journal> {
  return openDB<JournalSchema>(NAME, VERSION, {
    upgrade(database) {
      database.createObjectStore('attempts', { keyPath: 'attemptId' });
      const jobs = database.createObjectStore('jobs', { keyPath: 'jobId', autoIncrement: true });
      jobs.createIndex('open', 'open');
      const items = database.createObjectStore('items', { keyPath: ['jobId', 'number'] });
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

/** A connection that is opened on first use, and anew where the browser refused or closed it. */
export function createJournalOpener(): () => Promise<Journal> {
  let journal: Promise<Journal> | undefined;
  const forget = () => {
    journal = undefined;
  };
  return () => {
    journal ??= openJournal(forget).catch((error) => {
      forget();
      throw error;
    });
    return journal;
  };
}

/**
 * Writes in one transaction that is on disk before the call returns, or not at all: where the work throws, nothing
 * of it is written.
 */
export async function writeStrictly<Result>(
  journal: Journal,
  stores: StoreName[],
  work: (writing: Writing) => Promise<Result>,
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

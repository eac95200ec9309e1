import { openDB } from 'idb';
import type { CancelAttempt } from './attempt.ts';
import { addRows, ENDS, readEnds } from './rows.ts';
import type { Journal, JournalSchema, StoreName, Writing } from './schema.ts';

const NAME = 'journal';
const VERSION = 4;

/**
 * Opens the journal, and makes it on first use. Rejects where the browser gives no storage. `onClosed` is told when
 * the connection is no longer of use.
 */
export async function openJournal(onClosed: () => void = () => undefined): Promise<Journal> {
  return openDB<JournalSchema>(NAME, VERSION, {
    async upgrade(database, oldVersion, _newVersion, upgrading) {
      if (oldVersion < 1) database.createObjectStore('attempts', { keyPath: 'attemptId' });
      if (oldVersion < 2) {
        const jobs = database.createObjectStore('jobs', { keyPath: 'jobId', autoIncrement: true });
        jobs.createIndex('open', 'open');
        const items = database.createObjectStore('items', { keyPath: ['jobId', 'number'] });
        items.createIndex('open', ['jobId', 'open']);
        items.createIndex('revision', ['jobId', 'revision']);
      }
      if (oldVersion < 3) {
        database.createObjectStore('history', { keyPath: 'row' });
        database.createObjectStore('chain');
        if (oldVersion > 0) await chainSettled(upgrading as unknown as Writing);
      }
      if (oldVersion < 4) upgrading.objectStore('history').createIndex('accountId', 'accountId');
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

/**
 * Until version 3 an attempt stayed where it was when it was settled; only the others bore the field `open`, of which
 * there was an index.
 */
async function chainSettled(upgrading: Writing): Promise<void> {
  const attempts = upgrading.objectStore('attempts');
  const all = (await attempts.getAll()) as (CancelAttempt<unknown> & { open?: 1 })[];
  const settled = all.filter(({ open }) => open === undefined);
  await addRows(upgrading, settled, 0);
  await Promise.all(settled.map(({ attemptId }) => attempts.delete(attemptId)));
  const last = all.at(-1)?.attemptId ?? 0;
  await upgrading.objectStore('chain').put({ ...(await readEnds(upgrading, 0)), attemptId: last }, ENDS);
  (attempts as unknown as IDBObjectStore).deleteIndex('open');
}

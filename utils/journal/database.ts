import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Attempt } from './attempt.ts';

interface JournalSchema extends DBSchema {
  attempts: {
    key: number;
    value: Attempt<unknown, unknown>;
    indexes: { open: number };
  };
}

export type Journal = IDBPDatabase<JournalSchema>;

const NAME = 'journal';
const VERSION = 1;

/** Opens the journal, and makes it on first use. Rejects where the browser gives no storage. */
export function openJournal(): Promise<Journal> {
  return openDB<JournalSchema>(NAME, VERSION, {
    upgrade(database) {
      const attempts = database.createObjectStore('attempts', { keyPath: 'attemptId', autoIncrement: true });
      // Only unfinished attempts carry this field, so the index holds just them.
      attempts.createIndex('open', 'open');
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

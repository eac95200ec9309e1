import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, it, vi } from 'vitest';
import { createJournalOpener, openJournal, writeStrictly } from './database.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('is opened once, and anew after the browser refused it', async () => {
  const open = createJournalOpener();
  const refused = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('No storage.', 'UnknownError');
  });
  await expect(open()).rejects.toThrow('No storage.');
  const journal = await open();
  expect(await open()).toBe(journal);
  refused.mockRestore();
});

it('gives way to a newer version, and is opened anew', async () => {
  const open = createJournalOpener();
  const before = await open();
  const newer = await openDB('journal', 9);
  newer.close();
  expect(() => before.transaction('attempts')).toThrow();
  await expect(open()).rejects.toThrow();
});

it('writes all or nothing', async () => {
  const journal = await openJournal();
  const work = writeStrictly(journal, ['jobs'], async (writing) => {
    await writing.objectStore('jobs').put({ jobId: 1 } as never);
    throw new Error('Not legal.');
  });
  await expect(work).rejects.toThrow('Not legal.');
  expect(await journal.getAll('jobs')).toEqual([]);
});

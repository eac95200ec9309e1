import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, it, vi } from 'vitest';
import { type ChainEnds, checkChain } from './chain.ts';
import { createJournalOpener, openJournal, writeStrictly } from './database.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('makes a history of the attempts of its first version, and keeps the open ones', async () => {
  const first = await openDB('journal', 1, {
    upgrade(database) {
      const attempts = database.createObjectStore('attempts', { keyPath: 'attemptId', autoIncrement: true });
      attempts.createIndex('open', 'open');
    },
  });
  for (const [qrCodeId, state] of [
    ['QR1', { outcome: { kind: 'cancelled', evidence: 'check' } }],
    ['QR2', { open: 1 }],
    ['QR3', { outcome: { kind: 'unconfirmed', reason: 'timeout' } }],
  ] as const)
    await first.add('attempts', { qrCodeId, action: 'cancel', sendings: 1, at: 1, ...state });
  first.close();
  const journal = await openJournal();
  expect([...journal.objectStoreNames]).toEqual(['attempts', 'chain', 'history', 'items', 'jobs']);
  expect([...journal.transaction('attempts').store.indexNames]).toEqual([]);
  expect(await journal.getAll('attempts')).toMatchObject([{ attemptId: 2, qrCodeId: 'QR2' }]);
  const rows = await journal.getAll('history');
  expect(rows).toMatchObject([
    { row: 1, attemptId: 1, qrCodeId: 'QR1' },
    { row: 2, attemptId: 3, qrCodeId: 'QR3' },
  ]);
  const ends = (await journal.get('chain', 'ends')) as ChainEnds;
  expect(ends).toMatchObject({ row: 2, attemptId: 3 });
  const chain = checkChain(ends);
  chain.take(rows);
  expect(chain.finish()).toEqual([]);
});

it('knows the account of the rows of its third version too', async () => {
  const third = await openDB('journal', 3, {
    upgrade(database) {
      database.createObjectStore('attempts', { keyPath: 'attemptId' });
      for (const name of ['jobs', 'items', 'chain']) database.createObjectStore(name);
      database.createObjectStore('history', { keyPath: 'row' });
    },
  });
  for (const [row, accountId] of ['a1', 'a2', 'a1'].entries()) await third.add('history', { row, accountId });
  third.close();
  const journal = await openJournal();
  const rows = await journal.getAllFromIndex('history', 'accountId', 'a1');
  expect(rows.map(({ row }) => row)).toEqual([0, 2]);
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

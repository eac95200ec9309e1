import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB, unwrap } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createConnectionProvider,
  OPENED_WITHIN_MS,
  openJournal,
  runDurableTransaction,
} from './database.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('the connection is opened once, and again after the browser refused it', async () => {
  const open = createConnectionProvider();
  const refused = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('No storage.', 'UnknownError');
  });
  await expect(open()).rejects.toThrow('No storage.');
  const journal = await open();
  expect(await open()).toBe(journal);
  refused.mockRestore();
});

it('the connection closes for a newer version, and opening it again fails', async () => {
  const open = createConnectionProvider();
  const before = await open();
  const newer = await openDB('journal', 9);
  newer.close();
  expect(() => before.transaction('attempts')).toThrow();
  await expect(open()).rejects.toThrow();
});

describe('a journal that can’t be opened', () => {
  it.each([
    ['VersionError', 'newer'],
    ['QuotaExceededError', 'full'],
    ['UnknownError', 'damaged'],
  ])('returns for %s the trouble %s', async (name, trouble) => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('Refused.', name);
    });
    await expect(createConnectionProvider()()).rejects.toMatchObject({ trouble });
  });

  it('is newer if a newer version has written it', async () => {
    (await openDB('journal', 9)).close();
    await expect(createConnectionProvider()()).rejects.toMatchObject({ trouble: 'newer' });
  });

  it('is blocked while another page holds it, and opens afterwards', async () => {
    const blocking = await openDB('journal', 1);
    const deleting = deleteDB('journal');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const open = createConnectionProvider();
    const refused = expect(open()).rejects.toMatchObject({ trouble: 'blocked' });
    await vi.advanceTimersByTimeAsync(OPENED_WITHIN_MS);
    await refused;
    vi.useRealTimers();
    blocking.close();
    await deleting;
    expect(await (await open()).getAll('jobs')).toEqual([]);
  });
});

it('a durable transaction writes all or nothing', async () => {
  const journal = await openJournal();
  const work = runDurableTransaction(journal, ['jobs'], async (transaction) => {
    await transaction.objectStore('jobs').put({ jobId: 1 } as never);
    throw new Error('Not legal.');
  });
  await expect(work).rejects.toThrow('Not legal.');
  expect(await journal.getAll('jobs')).toEqual([]);
});

it('a durable transaction that the browser aborts while requests are pending fails with the browser’s reason', async () => {
  const journal = await openJournal();
  const work = runDurableTransaction(journal, ['jobs'], async (transaction) => {
    const jobs = transaction.objectStore('jobs');
    await jobs.put({ jobId: 1 } as never);
    const pending = jobs.put({ jobId: 2 } as never);
    // As a browser does if the disk is full: the pending requests only say that they were aborted.
    (unwrap(transaction) as unknown as { _abort(error: string): void })._abort('QuotaExceededError');
    await pending;
  });
  await expect(work).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(await journal.getAll('jobs')).toEqual([]);
});

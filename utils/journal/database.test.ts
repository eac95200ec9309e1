import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
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

it('is opened once, and anew after the browser refused it', async () => {
  const open = createConnectionProvider();
  const refused = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('No storage.', 'UnknownError');
  });
  await expect(open()).rejects.toThrow('No storage.');
  const journal = await open();
  expect(await open()).toBe(journal);
  refused.mockRestore();
});

it('gives way to a newer version, and is opened anew', async () => {
  const open = createConnectionProvider();
  const before = await open();
  const newer = await openDB('journal', 9);
  newer.close();
  expect(() => before.transaction('attempts')).toThrow();
  await expect(open()).rejects.toThrow();
});

describe('a journal that can’t be opened says why', () => {
  it.each([
    ['VersionError', 'newer'],
    ['QuotaExceededError', 'full'],
    ['UnknownError', 'damaged'],
  ])('%s', async (name, trouble) => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('Refused.', name);
    });
    await expect(createConnectionProvider()()).rejects.toMatchObject({ trouble });
  });

  it('one that a newer version has written', async () => {
    (await openDB('journal', 9)).close();
    await expect(createConnectionProvider()()).rejects.toMatchObject({ trouble: 'newer' });
  });

  it('one that another page holds; and it is opened once that page lets go', async () => {
    const held = await openDB('journal', 1);
    const deleting = deleteDB('journal');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const open = createConnectionProvider();
    const refused = expect(open()).rejects.toMatchObject({ trouble: 'blocked' });
    await vi.advanceTimersByTimeAsync(OPENED_WITHIN_MS);
    await refused;
    vi.useRealTimers();
    held.close();
    await deleting;
    expect(await (await open()).getAll('jobs')).toEqual([]);
  });
});

it('writes all or nothing', async () => {
  const journal = await openJournal();
  const work = runDurableTransaction(journal, ['jobs'], async (writing) => {
    await writing.objectStore('jobs').put({ jobId: 1 } as never);
    throw new Error('Not legal.');
  });
  await expect(work).rejects.toThrow('Not legal.');
  expect(await journal.getAll('jobs')).toEqual([]);
});

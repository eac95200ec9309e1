import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createJobStore } from '../bulk/job-store.ts';
import { createAttemptStore } from './attempt-store.ts';
import { createConnectionProvider, OPENED_WITHIN_MS } from './database.ts';
import { createChainVerifier } from './hash-chain.ts';
import { createHistoryStore } from './history-store.ts';
import { resetJournal } from './reset-journal.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const START = { qrCodeId: 'QR26DU7U9NREWU', startedBy: 'popup' } as const;
const clock = { now: () => 5_000, sleep: async () => undefined };

let open: ReturnType<typeof createConnectionProvider>;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  open = createConnectionProvider();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function fillJournal(): Promise<void> {
  const attempts = createAttemptStore(open, clock);
  await attempts.recordCheck(ACCOUNT, START, { at: 1, outcome: { kind: 'status', status: 'ACTIVE' } });
  await attempts.beginCancel(ACCOUNT, START);
  await createJobStore(open, clock).create(ACCOUNT, [{ qrCodeId: 'QR26A' }], 'session');
}

async function counts(database = open()) {
  const journal = await database;
  const names = [...journal.objectStoreNames].filter((name) => name !== 'chain');
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await journal.count(name)] as const)),
  );
}

it('a reset erases jobs, open attempts and the history, records the erasure, and keeps the chain intact', async () => {
  await fillJournal();
  await resetJournal(open, clock);
  expect(await counts()).toEqual({ attempts: 0, history: 1, items: 0, jobs: 0 });
  const history = createHistoryStore(open);
  const { ends, isHeadMissing } = await history.loadBounds();
  const chain = createChainVerifier(ends, isHeadMissing);
  const rows = await history.rows(0, 99);
  chain.verify(rows);
  expect([rows, chain.finish()]).toMatchObject([[{ action: 'erase', by: 'operator', at: 5_000 }], []]);
});

it('a reset empties a journal of a newer version that another page has open', async () => {
  const newer = await openDB('journal', 9, {
    upgrade(database) {
      database.createObjectStore('secrets-of-v9');
      database.createObjectStore('history');
    },
  });
  await newer.put('secrets-of-v9', 'QR26OLD', 1);
  await newer.put('history', 'QR26OLD', 1);
  await resetJournal(open, clock);
  expect([await newer.getAll('secrets-of-v9'), await newer.getAll('history')]).toEqual([[], []]);
  newer.close();
});

it('a reset deletes a journal with a missing store, and the next journal is usable', async () => {
  (await openDB('journal', 1, { upgrade: (database) => void database.createObjectStore('history') })).close();
  await resetJournal(open, clock);
  await fillJournal();
  expect(await counts()).toEqual({ attempts: 1, history: 1, items: 1, jobs: 1 });
});

it('a reset deletes a journal that the browser can’t open', async () => {
  await fillJournal();
  (await open()).close();
  open = createConnectionProvider();
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('Internal error.', 'UnknownError');
  });
  await resetJournal(open, clock);
  expect(await counts()).toEqual({ attempts: 0, history: 0, items: 0, jobs: 0 });
});

it('a reset rejects as blocked if another page blocks it for the time limit of an opening', async () => {
  await fillJournal();
  (await open()).close();
  open = createConnectionProvider();
  const blocking = await openDB('journal', 1);
  const deleting = deleteDB('journal');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const refused = expect(resetJournal(open, clock)).rejects.toMatchObject({ trouble: 'blocked' });
  await vi.advanceTimersByTimeAsync(OPENED_WITHIN_MS);
  await refused;
  vi.useRealTimers();
  blocking.close();
  await deleting;
});

import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionProvider } from './database.ts';
import { createHistoryStore } from './history-store.ts';
import { createJournalReader, type IdentityAnswer, tellIdentity } from './journal-identity.ts';
import { JournalUnavailable } from './journal-trouble.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A page and the worker, each with its storage partition. */
function inPartitions(page: IDBFactory, worker: IDBFactory) {
  const within = (partition: IDBFactory) => {
    const open = createConnectionProvider();
    return () => {
      globalThis.indexedDB = partition;
      return open();
    };
  };
  const openWorkers = within(worker);
  let requests = 0;
  const read = createJournalReader(within(page), () => {
    requests += 1;
    return tellIdentity(openWorkers);
  });
  return { read, requests: () => requests, openWorkers };
}

describe('a page in the worker’s storage partition', () => {
  it('reads the worker’s journal, and asks once for its identity', async () => {
    const shared = new IDBFactory();
    const { read, requests } = inPartitions(shared, shared);
    const journal = await read();
    expect(await read()).toBe(journal);
    expect(requests()).toBe(1);
  });

  it('reads the worker’s journal even if its chain store is empty', async () => {
    const shared = new IDBFactory();
    const { read, openWorkers } = inPartitions(shared, shared);
    await (await openWorkers()).clear('chain');
    expect(await read()).toBeDefined();
    const { ends, isHeadMissing } = await createHistoryStore(openWorkers).loadBounds();
    expect([ends.row, isHeadMissing]).toEqual([0, false]);
  });
});

describe('a page in another storage partition', () => {
  it('rejects its own empty journal', async () => {
    const { read, requests } = inPartitions(new IDBFactory(), new IDBFactory());
    await expect(read()).rejects.toMatchObject({ trouble: 'elsewhere' });
    await expect(read()).rejects.toMatchObject({ trouble: 'elsewhere' });
    expect(requests()).toBe(2);
  });

  it('rejects a journal with another worker’s identity', async () => {
    const page = new IDBFactory();
    const { read } = inPartitions(page, new IDBFactory());
    globalThis.indexedDB = page;
    await tellIdentity(createConnectionProvider());
    await expect(read()).rejects.toMatchObject({ trouble: 'elsewhere' });
  });
});

describe('a page whose worker', () => {
  it('can’t open the journal rejects with the worker’s trouble', async () => {
    const read = createJournalReader(createConnectionProvider(), async () => ({
      ok: false,
      trouble: 'newer',
    }));
    await expect(read()).rejects.toMatchObject({ trouble: 'newer' });
  });

  it('does not answer rejects, and asks again', async () => {
    const answers: (() => Promise<IdentityAnswer>)[] = [
      () => Promise.reject(new Error('no worker')),
      () => tellIdentity(createConnectionProvider()),
    ];
    const read = createJournalReader(
      createConnectionProvider(),
      () => answers.shift()?.() ?? Promise.reject(),
    );
    await expect(read()).rejects.toMatchObject({ trouble: 'no-answer' });
    expect(await read()).toBeDefined();
  });
});

it('the worker’s journal has one identity if many callers ask at the same time', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => tellIdentity(createConnectionProvider())));
  expect(new Set(answers.map((each) => each.ok && each.identity)).size).toBe(1);
  expect(await tellIdentity(() => Promise.reject(new JournalUnavailable('full')))).toEqual({
    ok: false,
    trouble: 'full',
  });
});

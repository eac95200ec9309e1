import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionProvider } from './database.ts';
import { createHistoryStore } from './history-store.ts';
import { createJournalReader, type IdentityAnswer, tellIdentity } from './journal-identity.ts';
import { JournalUnavailable } from './journal-trouble.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A page and the worker, each with the storage partition that it opens its journal in. */
function inPartitions(page: IDBFactory, worker: IDBFactory) {
  const within = (partition: IDBFactory) => {
    const open = createConnectionProvider();
    return () => {
      globalThis.indexedDB = partition;
      return open();
    };
  };
  const openWorkers = within(worker);
  let asked = 0;
  const read = createJournalReader(within(page), () => {
    asked += 1;
    return tellIdentity(openWorkers);
  });
  return { read, asked: () => asked, openWorkers };
}

describe('a page in the worker’s storage partition', () => {
  it('reads the worker’s journal, and asks once which one that is', async () => {
    const shared = new IDBFactory();
    const { read, asked } = inPartitions(shared, shared);
    const journal = await read();
    expect(await read()).toBe(journal);
    expect(asked()).toBe(1);
  });

  it('does so too if the record of the chain’s ends is lost, and if all of that store is', async () => {
    const shared = new IDBFactory();
    const { read, openWorkers } = inPartitions(shared, shared);
    await (await openWorkers()).clear('chain');
    expect(await read()).toBeDefined();
    const { ends, isHeadMissing } = await createHistoryStore(openWorkers).loadBounds();
    expect([ends.row, isHeadMissing]).toEqual([0, false]);
  });
});

describe('a page in another storage partition', () => {
  it('does not take its own empty journal for the worker’s', async () => {
    const { read, asked } = inPartitions(new IDBFactory(), new IDBFactory());
    await expect(read()).rejects.toMatchObject({ trouble: 'elsewhere' });
    await expect(read()).rejects.toMatchObject({ trouble: 'elsewhere' });
    expect(asked()).toBe(2);
  });

  it('nor one that a worker of that partition has named', async () => {
    const page = new IDBFactory();
    const { read } = inPartitions(page, new IDBFactory());
    globalThis.indexedDB = page;
    await tellIdentity(createConnectionProvider());
    await expect(read()).rejects.toMatchObject({ trouble: 'elsewhere' });
  });
});

describe('a page whose worker', () => {
  it('can’t open the journal says why that is', async () => {
    const read = createJournalReader(createConnectionProvider(), async () => ({
      ok: false,
      trouble: 'newer',
    }));
    await expect(read()).rejects.toMatchObject({ trouble: 'newer' });
  });

  it('gives no answer says so, and asks again', async () => {
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

it('the worker’s journal keeps its identity, however many ask at once', async () => {
  const told = await Promise.all([1, 2, 3].map(() => tellIdentity(createConnectionProvider())));
  expect(new Set(told.map((each) => each.ok && each.identity)).size).toBe(1);
  expect(await tellIdentity(() => Promise.reject(new JournalUnavailable('full')))).toEqual({
    ok: false,
    trouble: 'full',
  });
});

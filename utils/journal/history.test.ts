import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryRow } from '../qr-code/attempt.ts';
import { createAttemptStore } from './attempts.ts';
import { checkChain } from './chain.ts';
import { openJournal } from './database.ts';
import { createHistoryStore } from './history.ts';
import type { Journal } from './schema.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;

let journal: Promise<Journal>;
let now = 0;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  journal = openJournal();
  now = 0;
});
afterEach(async () => {
  vi.restoreAllMocks();
  (await journal).close();
});

const clock = { now: () => now, sleep: async () => undefined };
const attempts = createAttemptStore(() => journal, clock);
const history = createHistoryStore<HistoryRow>(() => journal, clock);

/** Checks at 1,000, 2,000 … */
async function checks(count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    now = index * 1_000;
    const start = { qrCodeId: `QR26A${index}`, startedBy: 'popup' } as const;
    await attempts.recordCheck(ACCOUNT, start, { at: now, outcome: { kind: 'status', status: 'ACTIVE' } });
  }
}

async function everything() {
  const ends = await history.ends();
  const rows = await history.rows(0, Number.MAX_SAFE_INTEGER);
  const chain = checkChain(ends);
  chain.take(rows);
  return { ends, rows, breaks: chain.finish() };
}

it('numbers its rows without a gap and chains them, also those written at once', async () => {
  await Promise.all([checks(5), checks(5)]);
  const { rows, breaks } = await everything();
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(new Set(rows.map((row) => 'attemptId' in row && row.attemptId)).size).toBe(10);
  expect(breaks).toEqual([]);
});

it('gives the rows between two numbers', async () => {
  await checks(5);
  expect((await history.rows(2, 3)).map(({ row }) => row)).toEqual([2, 3]);
});

it('is empty and whole at the beginning', async () => {
  expect(await everything()).toMatchObject({ rows: [], breaks: [] });
});

it('tells of a row that was changed in the database', async () => {
  await checks(4);
  const [, second] = await history.rows(1, 4);
  await (await journal).put('history', { ...second, qrCodeId: 'QR26OTHER' } as HistoryRow);
  expect((await everything()).breaks).toEqual([{ kind: 'changed', row: 2 }]);
});

it('tells of a row that was taken out of the database, also of the last one', async () => {
  await checks(4);
  await (await journal).delete('history', 2);
  await (await journal).delete('history', 4);
  expect((await everything()).breaks).toEqual([
    { kind: 'missing', from: 2, to: 2 },
    { kind: 'missing', from: 4, to: 4 },
  ]);
});

describe('erasing', () => {
  it('takes all rows, leaves one that says so, and the chain is whole', async () => {
    await checks(3);
    now = 9_000;
    expect(await history.erase('operator')).toBe(3);
    const { rows, breaks } = await everything();
    expect(rows).toMatchObject([{ row: 4, action: 'erase', by: 'operator', count: 3, upTo: 3, at: 9_000 }]);
    expect(breaks).toEqual([]);
  });

  it('takes only rows that are older, and goes on from there', async () => {
    await checks(5);
    expect(await history.erase('retention', 3_000)).toBe(2);
    await checks(1);
    expect(await history.erase('retention', 4_500)).toBe(2);
    const { rows, breaks } = await everything();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [5, 'check'],
      [6, 'erase'],
      [7, 'check'],
      [8, 'erase'],
    ]);
    expect(breaks).toEqual([]);
  });

  it('of nothing leaves no row', async () => {
    await checks(2);
    expect(await history.erase('retention', 500)).toBe(0);
    expect((await everything()).rows).toHaveLength(2);
    expect(await createHistoryStore(() => journal, clock).erase('operator')).toBe(2);
  });

  it('leaves an attempt that still has to be settled, which then becomes a row', async () => {
    await checks(2);
    const open = await attempts.begin(ACCOUNT, { qrCodeId: 'QR26OPEN', startedBy: 'popup' });
    await history.erase('operator');
    expect(await attempts.latest(9)).toMatchObject([{ qrCodeId: 'QR26OPEN' }]);
    await attempts.settle(open.attemptId, { kind: 'cancelled', evidence: 'check' });
    const { rows, breaks } = await everything();
    expect(rows).toMatchObject([{ action: 'erase' }, { qrCodeId: 'QR26OPEN' }]);
    expect(breaks).toEqual([]);
  });

  it('is on disk before it is told', async () => {
    await checks(1);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await history.erase('operator');
    expect(transaction.mock.calls.map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
  });
});

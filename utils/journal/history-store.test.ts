import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryRow } from '../model/history-row.ts';
import { createAttemptStore } from './attempt-store.ts';
import { openJournal } from './database.ts';
import { createChainVerifier } from './hash-chain.ts';
import { createHistoryEraser } from './history-eraser.ts';
import { HEAD_KEY } from './history-log.ts';
import { createHistoryStore } from './history-store.ts';
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
const history = createHistoryStore(() => journal);
const { erase } = createHistoryEraser(() => journal, clock);

/** Checks at 1,000, 2,000 … */
async function checks(count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    now = index * 1_000;
    const start = { qrCodeId: `QR26A${index}`, startedBy: 'popup' } as const;
    await attempts.recordCheck(ACCOUNT, start, { at: now, outcome: { kind: 'status', status: 'ACTIVE' } });
  }
}

async function checksAt(at: number): Promise<void> {
  const start = { qrCodeId: 'QR26FUTURE', startedBy: 'popup' } as const;
  await attempts.recordCheck(ACCOUNT, start, { at, outcome: { kind: 'status', status: 'ACTIVE' } });
}

async function everything() {
  const { ends, isHeadMissing } = await history.loadBounds();
  const rows = await history.rows(0, Number.MAX_SAFE_INTEGER);
  const chain = createChainVerifier(ends, isHeadMissing);
  chain.verify(rows);
  return { ends, isLost: isHeadMissing, rows, breaks: chain.finish() };
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
    expect(await erase('operator')).toBe(3);
    const { rows, breaks } = await everything();
    expect(rows).toMatchObject([
      { row: 4, action: 'erase', by: 'operator', count: 3, lastErasedSequence: 3, at: 9_000 },
    ]);
    expect(breaks).toEqual([]);
  });

  it('takes only rows that are older, and goes on from there', async () => {
    await checks(5);
    expect(await erase('retention', 3_000)).toBe(2);
    await checks(1);
    expect(await erase('retention', 4_500)).toBe(2);
    const { rows, breaks } = await everything();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [5, 'check'],
      [6, 'erase'],
      [7, 'check'],
      [8, 'erase'],
    ]);
    expect(breaks).toEqual([]);
  });

  it('is not held up by a row that is dated in the future, and the chain is whole', async () => {
    await checks(2);
    now = 1e12;
    await checksAt(now);
    await checks(4);
    expect(await erase('retention', 3_000)).toBe(5);
    const { rows, breaks } = await everything();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [6, 'check'],
      [7, 'check'],
      [8, 'erase'],
    ]);
    expect(breaks).toEqual([]);
  });

  it('spares a row dated in the future while no row after it is old', async () => {
    await checks(2);
    now = 1e12;
    await checksAt(now);
    now = 10_000;
    await checksAt(now);
    expect(await erase('retention', 5_000)).toBe(2);
    const { rows, breaks } = await everything();
    expect(rows.map(({ row }) => row)).toEqual([3, 4, 5]);
    expect(breaks).toEqual([]);
  });

  it('spares recent rows before one that was dated far back', async () => {
    await checks(4);
    now = 100;
    await checksAt(now);
    now = 5_000;
    expect(await erase('retention', 1_500)).toBe(1);
    expect((await everything()).rows.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6]);
  });

  it('of nothing leaves no row', async () => {
    await checks(2);
    expect(await erase('retention', 500)).toBe(0);
    expect((await everything()).rows).toHaveLength(2);
    expect(await createHistoryEraser(() => journal, clock).erase('operator')).toBe(2);
  });

  it('says who asked for it, but nobody where its time was over', async () => {
    const { erase: eraseNamed } = createHistoryEraser(
      () => journal,
      clock,
      async () => ({ operator: 'Asha' }),
    );
    await checks(1);
    await eraseNamed('retention', clock.now() + 1);
    expect((await everything()).rows).not.toContainEqual(expect.objectContaining({ operator: 'Asha' }));
    await checks(1);
    await eraseNamed('operator');
    expect((await everything()).rows).toMatchObject([{ action: 'erase', operator: 'Asha' }]);
  });

  it('leaves an attempt that still has to be settled, which then becomes a row', async () => {
    await checks(2);
    const open = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26OPEN', startedBy: 'popup' });
    await erase('operator');
    expect(await attempts.findLatest(9)).toMatchObject([{ qrCodeId: 'QR26OPEN' }]);
    await attempts.completeCancel(open.attemptId, { kind: 'cancelled', evidence: 'check' });
    const { rows, breaks } = await everything();
    expect(rows).toMatchObject([{ action: 'erase' }, { qrCodeId: 'QR26OPEN' }]);
    expect(breaks).toEqual([]);
  });

  it('is on disk before it is told', async () => {
    await checks(1);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await erase('operator');
    expect(transaction.mock.calls.map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
  });
});

describe('where the chain ends', () => {
  const put = async (row: object) => (await journal).put('history', row as HistoryRow);
  const lose = async () => (await journal).clear('chain');

  it('that is lost keeps nobody from cancelling, and is told of for good', async () => {
    const open = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26OPEN', startedBy: 'popup' });
    await checks(2);
    await lose();
    expect(await everything()).toMatchObject({ isLost: true, breaks: [{ kind: 'lost', row: 3 }] });
    now = 7_000;
    const { attemptId } = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26LATE', startedBy: 'popup' });
    await attempts.completeCancel(attemptId, { kind: 'cancelled', evidence: 'response' });
    await attempts.completeCancel(open.attemptId, { kind: 'cancelled', evidence: 'check' });
    await checks(1);
    const { isLost, rows, breaks } = await everything();
    expect(rows).toMatchObject([
      { row: 1 },
      { row: 2 },
      { row: 3, action: 'lost', at: 7_000 },
      { row: 4, qrCodeId: 'QR26LATE' },
      { row: 5, qrCodeId: 'QR26OPEN' },
      { row: 6, qrCodeId: 'QR26A1' },
    ]);
    const numbers = rows.flatMap((row) => ('attemptId' in row ? [row.attemptId] : []));
    expect(new Set(numbers).size).toBe(5);
    expect((await attempts.findLatest(1))[0]?.qrCodeId).toBe('QR26A1');
    expect([isLost, breaks]).toEqual([false, [{ kind: 'lost', row: 3 }]]);
  });

  it('that is lost after an erasure does not make missing rows of those that were erased', async () => {
    await checks(4);
    await erase('retention', 3_000);
    await lose();
    expect((await everything()).breaks).toEqual([{ kind: 'lost', row: 6 }]);
    await checks(1);
    expect((await everything()).breaks).toEqual([{ kind: 'lost', row: 6 }]);
    await (await journal).delete('history', 3);
    expect((await everything()).breaks).toEqual([
      { kind: 'missing', from: 1, to: 3 },
      { kind: 'lost', row: 6 },
    ]);
  });

  it.each([{}, 7, { row: 'x' }, { row: 2, hash: '' }, { row: Number.NaN, first: 1, attemptId: 2 }])(
    'that is no such record any more, but %j, is as good as lost',
    async (record) => {
      await checks(2);
      await (await journal).put('chain', record as never, HEAD_KEY);
      expect(await everything()).toMatchObject({ isLost: true, breaks: [{ kind: 'lost', row: 3 }] });
      const { attemptId } = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26LATE', startedBy: 'popup' });
      await attempts.completeCancel(attemptId, { kind: 'cancelled', evidence: 'response' });
      const { rows, breaks } = await everything();
      expect([rows.length, rows.at(-1)]).toMatchObject([4, { qrCodeId: 'QR26LATE' }]);
      expect(breaks).toEqual([{ kind: 'lost', row: 3 }]);
    },
  );

  it('with rows put beyond it keeps nobody from cancelling, and is told of for good', async () => {
    await checks(3);
    const [third] = await history.rows(3, 3);
    await put({ ...third, row: 4 });
    await put({ ...third, row: 5.5 });
    await put({ ...third, row: 1e12 });
    await checks(3);
    const { rows, breaks } = await everything();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [1, 'check'],
      [2, 'check'],
      [3, 'check'],
      [4, 'check'],
      [5.5, 'check'],
      [6, 'lost'],
      [7, 'check'],
      [8, 'check'],
      [9, 'check'],
      [1e12, 'check'],
    ]);
    expect(breaks).toContainEqual({ kind: 'changed', row: 4 });
    expect(breaks).toContainEqual({ kind: 'added', row: 5.5 });
    expect(breaks).toContainEqual({ kind: 'lost', row: 6 });
    expect(breaks).toContainEqual({ kind: 'added', row: 1e12 });
  });

  it('with more rows beyond it than are looked at once keeps nobody from cancelling either', async () => {
    await checks(1);
    const [first] = await history.rows(1, 1);
    const writing = (await journal).transaction('history', 'readwrite');
    for (let row = 2; row <= 10_100; row += 1) void writing.store.add({ ...first, row } as HistoryRow);
    await writing.done;
    await checks(1);
    const rows = await history.rows(10_100, 10_200);
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [10_100, 'check'],
      [10_101, 'lost'],
      [10_102, 'check'],
    ]);
  });

  it('with rows put beyond it forgets neither what was erased nor which numbers were given', async () => {
    now = 0;
    await checks(4);
    await erase('retention', 2_500);
    const [last] = await history.rows(5, 5);
    await put({ ...last, row: 6 });
    const numbers = (await everything()).rows.flatMap((row) => ('attemptId' in row ? [row.attemptId] : []));
    now = 1;
    const { attemptId } = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26LATE', startedBy: 'popup' });
    expect(attemptId).toBeGreaterThan(Math.max(...numbers));
    expect((await history.loadBounds()).ends.firstSequence).toBe(3);
  });

  it('is known again once all rows were erased, those beyond it too', async () => {
    await checks(3);
    await put({ ...(await history.rows(3, 3))[0], row: 1e12 });
    await lose();
    now = 9_000;
    expect(await erase('operator')).toBe(5);
    await checks(1);
    const { rows, breaks } = await everything();
    expect([rows.map(({ row }) => row), breaks]).toEqual([[5, 6], []]);
  });
});

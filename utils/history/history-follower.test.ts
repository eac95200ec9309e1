import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { openJournal } from '../journal/database.ts';
import { createHistoryEraser } from '../journal/history-eraser.ts';
import { HEAD_KEY } from '../journal/history-log.ts';
import { createHistoryStore } from '../journal/history-store.ts';
import type { Journal } from '../journal/schema.ts';
import type { HistoryRow } from '../model/history-row.ts';
import type { HistoryEntry } from './history-entry.ts';
import { type ChainView, createHistoryFollower, type HistoryListener } from './history-follower.ts';
import { countOlder, createHistoryReader, type HistoryReader, readAll } from './history-reader.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;

let journal: Promise<Journal>;
let now: number;
let made: number;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  journal = openJournal();
  now = 0;
  made = 0;
});
afterEach(async () => (await journal).close());

const clock = { now: () => now, sleep: () => new Promise<void>((resolve) => setTimeout(resolve)) };
const attempts = createAttemptStore(() => journal, clock);
const history = createHistoryStore(() => journal);
const { erase } = createHistoryEraser(() => journal, clock);
const reader = createHistoryReader(() => journal, clock);

/** Checks at 1,000, 2,000 … */
async function checks(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    made += 1;
    now = made * 1_000;
    const start = { qrCodeId: `QR26A${made}`, startedBy: 'popup' } as const;
    await attempts.recordCheck(ACCOUNT, start, { at: now, outcome: { kind: 'status', status: 'ACTIVE' } });
  }
}

/** A journal of which the rows of the first 200 s are erased while it is being read. */
function erasedMeanwhile(): HistoryReader {
  let erased = false;
  return {
    ...reader,
    async rows(first, last) {
      if (first < 400 && !erased) {
        erased = true;
        await erase('retention', 200_000);
      }
      return reader.rows(first, last);
    },
  };
}

/** What a page has been told, put together. */
function follow(from: HistoryReader = reader) {
  const told = {
    lines: [] as HistoryEntry[],
    open: [] as string[],
    begun: 0,
    isRead: false,
    failed: 0,
    chain: undefined as ChainView | undefined,
  };
  const listener: HistoryListener = {
    begin: () => Object.assign(told, { lines: [], isRead: false, chain: undefined, begun: told.begun + 1 }),
    older: (lines) => told.lines.push(...lines),
    newer: (lines) => told.lines.unshift(...lines),
    open: (lines) => {
      told.open = lines.map(({ key }) => key);
    },
    read: () => {
      told.isRead = true;
    },
    chain: (view) => {
      told.chain = view;
    },
    failed: () => {
      told.failed += 1;
    },
  };
  const follower = createHistoryFollower(from, clock, listener);
  const rows = () => told.lines.map(({ record }) => record.row);
  /** Looks, and waits until the chain has been checked. */
  async function verdict(): Promise<ChainView | undefined> {
    await follower.look();
    await follower.all();
    await expect.poll(() => told.chain?.kind).toMatch(/whole|broken/);
    return told.chain;
  }
  return { told, follower, rows, verdict };
}
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);

describe('the history', () => {
  it('is told with the newest rows first, then all the others', async () => {
    await checks(950);
    const { told, follower, rows } = follow();
    await follower.look();
    expect(rows()).toEqual(down(950, 651));
    expect(told.isRead).toBe(false);
    expect((await follower.all())?.lines).toHaveLength(950);
    expect(rows()).toEqual(down(950, 1));
  });

  it('is told row by row as it grows, and its open attempts', async () => {
    await checks(3);
    const { told, follower, rows, verdict } = follow();
    expect(await verdict()).toEqual({ kind: 'whole', rows: 3, since: 1_000 });
    const open = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26OPEN', startedBy: 'popup' });
    await follower.look();
    expect([told.open, rows()]).toEqual([[`open ${open.attemptId}`], [3, 2, 1]]);
    await attempts.completeCancel(open.attemptId, { kind: 'cancelled', evidence: 'check' });
    await checks(1);
    await follower.look();
    expect([told.open, rows(), told.begun]).toEqual([[], [5, 4, 3, 2, 1], 1]);
    await expect.poll(() => told.chain).toEqual({ kind: 'whole', rows: 5, since: 1_000 });
  });

  it('is told anew once rows were erased', async () => {
    await checks(5);
    const { told, rows, verdict } = follow();
    await verdict();
    await erase('retention', 3_000);
    expect(await verdict()).toMatchObject({ kind: 'whole', rows: 4 });
    expect([rows(), told.begun]).toEqual([[6, 5, 4, 3], 2]);
  });

  it('that nobody has written to is empty and whole', async () => {
    const { verdict } = follow();
    expect(await verdict()).toEqual({ kind: 'whole', rows: 0, since: undefined });
  });

  it('that can’t be read is told as such, and looked at again', async () => {
    let broken = true;
    const from = {
      ...reader,
      rows: (...range: [number, number]) => (broken ? refuse() : reader.rows(...range)),
    };
    const refuse = () => Promise.reject(new DOMException('No', 'UnknownError'));
    await checks(2);
    const { told, follower, verdict } = follow(from);
    await follower.look();
    expect([told.failed, await follower.all()]).toEqual([1, undefined]);
    broken = false;
    expect(await verdict()).toMatchObject({ kind: 'whole', rows: 2 });
  });
});

it('of which the older part can’t be read is not handed over, nor asked for again and again', async () => {
  await checks(3);
  const from: HistoryReader = {
    ...reader,
    loadBounds: async () => {
      const bounds = await reader.loadBounds();
      return { ...bounds, ends: { ...bounds.ends, row: 2_400 } };
    },
    rows: vi.fn(async (first: number) => {
      if (first < 1_000) throw new DOMException('No', 'UnknownError');
      return [];
    }),
  };
  expect(await follow(from).follower.all()).toBeUndefined();
  expect(vi.mocked(from.rows).mock.calls.length).toBeLessThan(20);
});

describe('the chain', () => {
  const put = async (row: object) => (await journal).put('history', row as HistoryRow);
  const rowAt = async (row: number) => (await history.rows(row, row))[0] as HistoryRow;

  it('is broken by a row that was changed, taken out or put in', async () => {
    await checks(9);
    await put({ ...(await rowAt(3)), qrCodeId: 'QR26OTHER' });
    await (await journal).delete('history', 5);
    await put({ ...(await rowAt(7)), row: 6.5 });
    await put({ ...(await rowAt(7)), row: 0 });
    await put({ ...(await rowAt(7)), row: 12 });
    const { rows, verdict } = follow();
    expect(await verdict()).toEqual({
      kind: 'broken',
      breaks: [
        { kind: 'added', row: 0 },
        { kind: 'changed', row: 3 },
        { kind: 'missing', from: 5, to: 5 },
        { kind: 'added', row: 6.5 },
        { kind: 'added', row: 12 },
      ],
    });
    expect(rows()).toEqual([12, 9, 8, 7, 6.5, 6, 4, 3, 2, 1, 0]);
  });

  it('is broken wherever a row is put in between two that are read at different times', async () => {
    await checks(810);
    for (const row of [310.5, 510.5, 10.5]) await put({ ...(await rowAt(7)), row });
    const { verdict } = follow();
    expect(await verdict()).toMatchObject({ breaks: [{ row: 10.5 }, { row: 310.5 }, { row: 510.5 }] });
  });

  it('is broken where its end was cut off', async () => {
    await checks(3);
    await (await journal).delete('history', 3);
    expect(await follow().verdict()).toMatchObject({ breaks: [{ kind: 'missing', from: 3, to: 3 }] });
  });

  it('is broken where its ends were thrown away', async () => {
    await checks(2);
    await (await journal).delete('chain', HEAD_KEY);
    const { told, rows, follower, verdict } = follow();
    expect(await verdict()).toEqual({ kind: 'broken', breaks: [{ kind: 'lost', row: 3 }] });
    expect([rows(), (await follower.all())?.isHeadMissing]).toEqual([[2, 1], true]);
    // It goes on with the next row, and what was lost stays told.
    await checks(1);
    expect(await verdict()).toEqual({ kind: 'broken', breaks: [{ kind: 'lost', row: 3 }] });
    expect([rows(), told.begun]).toEqual([[4, 3, 2, 1], 2]);
    await checks(1);
    await follower.look();
    await expect.poll(rows).toEqual([5, 4, 3, 2, 1]);
    expect(await verdict()).toEqual({ kind: 'broken', breaks: [{ kind: 'lost', row: 3 }] });
  });

  it('is followed where its ends are lost while it is shown', async () => {
    await checks(3);
    const { verdict } = follow();
    expect(await verdict()).toMatchObject({ kind: 'whole' });
    await (await journal).delete('chain', HEAD_KEY);
    expect(await verdict()).toEqual({ kind: 'broken', breaks: [{ kind: 'lost', row: 4 }] });
  });

  it('goes on from the last row that was checked, also after an erasure', async () => {
    await checks(3);
    await erase('operator');
    await checks(2);
    const { told, follower, verdict } = follow();
    expect(await verdict()).toMatchObject({ kind: 'whole', rows: 3 });
    await checks(2);
    await follower.look();
    await expect.poll(() => told.chain).toMatchObject({ kind: 'whole', rows: 5 });
    await checks(1);
    await put({ ...(await rowAt(9)), at: 1 });
    await follower.look();
    await expect.poll(() => told.chain).toEqual({ kind: 'broken', breaks: [{ kind: 'changed', row: 9 }] });
  });

  it('is not called broken where rows are erased while they are read', async () => {
    await checks(900);
    const views: unknown[] = [];
    const { verdict, told } = follow(erasedMeanwhile());
    views.push(await verdict());
    expect([views, told.begun]).toEqual([[{ kind: 'whole', rows: 702, since: 200_000 }], 2]);
  });
});

describe('all of it', () => {
  it('is what is left, where rows are erased while it is read', async () => {
    await checks(900);
    const { follower } = follow(erasedMeanwhile());
    await follower.look();
    expect((await follower.all())?.lines.map(({ record }) => record.row)).toEqual(down(901, 200));
  });
});

describe('reading at once', () => {
  it('gives everything, the newest first', async () => {
    await checks(620);
    const open = await attempts.beginCancel(ACCOUNT, { qrCodeId: 'QR26OPEN', startedBy: 'popup' });
    const keys = (await readAll(reader)).map(({ key }) => key);
    expect(keys).toEqual([`open ${open.attemptId}`, ...down(620, 1).map((row) => `row ${row}`)]);
  });

  it.each([
    [0, 0],
    [1_000, 0],
    [1_001, 1],
    [600_000, 599],
    [9e9, 700],
  ])('counts the rows older than %i as an erasure does', async (before, count) => {
    await checks(700);
    expect(await countOlder(reader, before, now)).toBe(count);
    expect(await erase('retention', before)).toBe(count);
  });
});

import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOfFile } from '../../tests/support/text-of-file.ts';
import type { HistoryFilters } from '../history/filters.ts';
import { createHistoryReader, type HistoryReader } from '../history/history-reader.ts';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { openJournal, runDurableTransaction } from '../journal/database.ts';
import { createHistoryEraser } from '../journal/history-eraser.ts';
import { appendRows } from '../journal/history-log.ts';
import { createHistoryStore } from '../journal/history-store.ts';
import { JournalUnavailable } from '../journal/journal-trouble.ts';
import type { Journal } from '../journal/schema.ts';
import type { AccountRef } from '../model/account.ts';
import type { HistoryRow, NewHistoryRow } from '../model/history-row.ts';
import { createHistoryViewStore } from './history.ts';
import type { HistoryViewStore } from './history-state.ts';

const MAIN: AccountRef = { id: 'a1', name: 'Main', environment: 'UAT' };
const OTHER: AccountRef = { id: 'a2', name: 'Other', environment: 'LIVE' };

let journal: Promise<Journal>;
let now: number;
let kept: HistoryFilters[];
let saved: [name: string, type: string, text: string][];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  journal = openJournal();
  now = 0;
  kept = [];
  saved = [];
});
afterEach(async () => (await journal).close());

const clock = { now: () => now, sleep: () => new Promise<void>((resolve) => setTimeout(resolve)) };
const attempts = createAttemptStore(() => journal, clock);
const history = createHistoryStore(() => journal);
const { erase } = createHistoryEraser(() => journal, clock);

async function check(qrCodeId: string, account = MAIN): Promise<number> {
  now += 1_000;
  const outcome = { kind: 'status', status: 'ACTIVE' } as const;
  return attempts.recordCheck(account, { qrCodeId, startedBy: 'popup' }, { at: now, outcome });
}

/** Writes the rows of a job with this number of codes. */
async function job(jobId: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index): NewHistoryRow => {
    now += 1_000;
    return {
      action: 'cancel',
      at: now,
      finishedAt: now,
      accountId: 'a1',
      accountName: 'Main',
      environment: 'UAT',
      qrCodeId: `JOB${jobId}CODE${index + 1}`,
      startedBy: 'workbench',
      jobId,
      sendCount: 1,
      outcome: index === 0 ? { kind: 'not-found' } : { kind: 'cancelled', evidence: 'response' },
    };
  });
  await runDurableTransaction(await journal, ['history', 'chain'], (writing) =>
    appendRows(writing, rows, now),
  );
}

async function open(
  options: { filters?: HistoryFilters; chosen?: number; from?: HistoryReader } = {},
): Promise<HistoryViewStore> {
  const view = createHistoryViewStore({
    journal: options.from ?? createHistoryReader(() => journal, clock),
    clock,
    filters: options.filters ?? {},
    keepFilters: (filters) => kept.push(filters),
    highlightedAttemptId: options.chosen,
    download: (name, type, content) => saved.push([name, type, textOfFile(content)]),
  });
  await view.actions.look();
  await expect.poll(() => view.getState().chain?.kind).toMatch(/whole|broken/);
  return view;
}

/** The shown lines in short: ids, `+3/3` for an expanded job with three rows, `-3/3` for a collapsed one. */
const shown = (view: HistoryViewStore) =>
  view.getState().shown.map((line) => {
    if (line.kind === 'job') return `${line.open ? '+' : '-'}${line.shown}/${line.total}`;
    return line.kind === 'attempt' ? line.record.qrCodeId : line.kind;
  });
const lineOf = (view: HistoryViewStore, name: string) => {
  const found = view.getState().shown[shown(view).indexOf(name)];
  if (!found) throw new Error(`${name} is not shown`);
  return found;
};

describe('the history tab', () => {
  it('shows all lines, newest first, and a job as one collapsed line', async () => {
    await check('ONE');
    await job(1, 3);
    await check('TWO', OTHER);
    const view = await open();
    expect(shown(view)).toEqual(['TWO', '-3/3', 'ONE']);
    expect(view.getState()).toMatchObject({
      matching: 5,
      read: 5,
      total: 5,
      reading: 'read',
      accounts: ['Other', 'Main'],
      jobs: [{ jobId: 1, at: 2_000, total: 3 }],
      chain: { kind: 'whole', rows: 5, since: 1_000 },
    });
  });

  it('shows new lines without reading the others again', async () => {
    await check('ONE');
    await job(1, 2);
    const reads: number[][] = [];
    const reader = createHistoryReader(() => journal, clock);
    const from: HistoryReader = {
      ...reader,
      rows(first, last) {
        reads.push([first, last]);
        return reader.rows(first, last);
      },
    };
    const view = await open({ from });
    reads.length = 0;
    await job(1, 2);
    await attempts.beginCancel(OTHER, { qrCodeId: 'OPEN', startedBy: 'menu' });
    await view.actions.look();
    expect(shown(view)).toEqual(['OPEN', '-4/4', 'ONE']);
    expect(view.getState()).toMatchObject({ matching: 6, total: 5, accounts: ['Main', 'Other'] });
    expect(reads).toEqual([[3, 5]]);
    await view.actions.look();
    expect(reads).toHaveLength(1);
  });

  it('shows only the row of the erasure after that', async () => {
    await check('ONE');
    const view = await open();
    await erase('operator');
    await view.actions.look();
    await expect.poll(() => shown(view)).toEqual(['erasure']);
  });

  it('shows why the journal can’t be read', async () => {
    const loadBounds = () => Promise.reject(new JournalUnavailable('blocked'));
    const from = { loadBounds } as unknown as HistoryReader;
    const view = createHistoryViewStore({
      journal: from,
      clock,
      filters: {},
      keepFilters: () => undefined,
      highlightedAttemptId: undefined,
      download: () => undefined,
    });
    await view.actions.look();
    expect(view.getState()).toMatchObject({ reading: 'failed', trouble: 'blocked' });
  });
});

describe('filters', () => {
  it('apply at once and to later lines, expand the jobs, and are kept in the URL', async () => {
    await check('ONE');
    await job(1, 3);
    const view = await open();
    view.actions.setFilter('find', 'code1');
    expect(shown(view)).toEqual(['+1/3', 'JOB1CODE1']);
    expect(kept).toEqual([{ find: 'code1' }]);
    expect(view.getState()).toMatchObject({ matching: 1, read: 4 });
    await check('CODE100');
    await check('OTHER');
    await view.actions.look();
    expect(shown(view)).toEqual(['CODE100', '+1/3', 'JOB1CODE1']);
    view.actions.clearFilters();
    expect(shown(view)).toEqual(['OTHER', 'CODE100', '-3/3', 'ONE']);
    expect(kept.at(-1)).toEqual({});
  });

  it('are read from the URL', async () => {
    await check('ONE');
    await check('TWO', OTHER);
    expect(shown(await open({ filters: { account: 'Other' } }))).toEqual(['TWO']);
  });
});

describe('the keyboard', () => {
  it('moves the cursor, expands and collapses a job, returns to its heading, and opens details', async () => {
    await check('ONE');
    await job(1, 2);
    const view = await open();
    const { move, setJobExpanded, activate, close } = view.actions;
    move(1);
    expect(view.getState().cursor).toBe('job 1');
    setJobExpanded(true);
    setJobExpanded(true);
    expect(shown(view)).toEqual(['+2/2', 'JOB1CODE2', 'JOB1CODE1', 'ONE']);
    move(2);
    activate(lineOf(view, 'JOB1CODE1'));
    expect(view.getState().details).toMatchObject({ record: { qrCodeId: 'JOB1CODE1' } });
    close();
    expect(view.getState().details).toBeUndefined();
    setJobExpanded(false);
    expect([view.getState().cursor, shown(view).length]).toEqual(['job 1', 4]);
    setJobExpanded(false);
    expect(shown(view)).toEqual(['-2/2', 'ONE']);
    move(Number.POSITIVE_INFINITY);
    expect(view.getState().cursor).toBe(lineOf(view, 'ONE').key);
    setJobExpanded(true);
    move(-9);
    activate(lineOf(view, '-2/2'));
    expect(shown(view)[0]).toBe('+2/2');
  });
});

describe('the attempt that a notification opened', () => {
  it('has the keyboard cursor', async () => {
    await check('ONE');
    const chosen = await check('TWO');
    await check('THREE');
    const view = await open({ chosen });
    expect(view.getState()).toMatchObject({ chosen, cursor: lineOf(view, 'TWO').key });
  });

  it('is shown in its expanded job', async () => {
    await job(1, 2);
    expect(shown(await open({ chosen: 2 }))).toEqual(['+2/2', 'JOB1CODE2', 'JOB1CODE1']);
  });
});

describe('a broken chain', () => {
  it('marks the rows that show a break, with the times of their neighbours', async () => {
    for (const id of ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE']) await check(id);
    await (await journal).delete('history', 2);
    await (await journal).delete('history', 3);
    const [last] = await history.rows(5, 5);
    await (await journal).put('history', { ...last, qrCodeId: 'SIX' } as HistoryRow);
    const { violationsBySequence, times } = (await open()).getState();
    expect([...violationsBySequence]).toEqual([
      [4, { kind: 'missing', from: 2, to: 3 }],
      [5, { kind: 'changed', row: 5 }],
    ]);
    expect([...times].toSorted()).toEqual([
      [1, 1_000],
      [4, 4_000],
      [5, 5_000],
    ]);
  });
});

describe('exports', () => {
  it('hold the shown lines as CSV, and everything as JSON', async () => {
    await check('ONE');
    await job(1, 2);
    await attempts.beginCancel(OTHER, { qrCodeId: 'OPEN', startedBy: 'menu' });
    const view = await open({ filters: { find: 'n' } });
    const exporting = view.actions.exportCsv();
    expect(view.getState().exporting).toBe('csv');
    await Promise.all([exporting, view.actions.exportCsv()]);
    await view.actions.exportJson();
    expect(view.getState().exporting).toBeUndefined();
    expect(saved.map(([name, type]) => [name, type])).toEqual([
      ['qr-cancel-history.csv', 'text/csv'],
      ['qr-cancel-history.json', 'application/json'],
    ]);
    const [csv = '', json = ''] = saved.map(([, , text]) => text);
    expect(csv.match(/OPEN|ONE|JOB1CODE\d/g)).toEqual(['OPEN', 'JOB1CODE2', 'JOB1CODE1', 'ONE']);
    expect(JSON.parse(json)).toMatchObject({
      rows: [{ row: 1 }, { row: 2 }, { row: 3 }],
      chain: { row: 3, first: 1, before: '' },
      open: [{ qrCodeId: 'OPEN' }],
    });
  });

  it('leave lines that do not match out of the CSV', async () => {
    await check('ONE');
    await check('TWO');
    const view = await open({ filters: { find: 'two' } });
    await view.actions.exportCsv();
    expect(saved[0]?.[2]).toContain('TWO');
    expect(saved[0]?.[2]).not.toContain('ONE');
  });
});

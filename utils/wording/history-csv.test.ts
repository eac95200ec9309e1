import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { textOfFile } from '../../tests/support/text-of-file.ts';
import { type HistoryEntry, toEntry, toOpenEntry } from '../history/history-entry.ts';
import type { Attempt, CancelAttempt } from '../model/attempt.ts';
import type { HistoryRow } from '../model/history-row.ts';
import { historyCsv } from './history-export.ts';

const clock = { now: () => 0, sleep: async () => undefined };
const attempt = (change: Partial<CancelAttempt> = {}): Attempt => ({
  attemptId: 1,
  at: Date.UTC(2026, 10, 22, 10, 30),
  accountId: 'a1',
  accountName: 'Chandni Chowk',
  environment: 'UAT',
  qrCodeId: 'QR26DU7U9NREWU',
  startedBy: 'menu',
  action: 'cancel',
  sendCount: 1,
  ...change,
});
const rowLine = (change: object) => toEntry({ ...attempt(), row: 9, hash: 'x', ...change } as HistoryRow);
const csvOf = async (lines: HistoryEntry[]) => textOfFile(await historyCsv(lines, clock));
const rowsOf = async (lines: HistoryEntry[]) =>
  Papa.parse<Record<string, string>>((await csvOf(lines)).slice(1), { header: true }).data;

describe('the history as CSV', () => {
  it('starts with a byte order mark and has one complete row per attempt', async () => {
    const outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 512,
      message: 'Approval, "pending"\r\nsoon',
      currentStatus: 'ACTIVE',
    } as const;
    const subject = { qrName: 'दुकान 4', amount: 500 };
    const finishedAt = attempt().at + 1_234;
    const lines = [
      rowLine({
        ...subject,
        outcome,
        finishedAt,
        jobId: 3,
        reason: 'Misprint',
        despite: 'unread',
        column: 'Old QR',
        operator: 'Asha',
        startedBy: 'workbench',
      }),
      toOpenEntry(attempt()),
    ];
    expect((await csvOf(lines)).startsWith('\ufeff')).toBe(true);
    const [first, second, ...more] = await rowsOf(lines);
    expect(more).toEqual([]);
    expect(first).toEqual({
      row: '9',
      attempt: '1',
      time: '2026-11-22T10:30:00.000Z',
      durationMs: '1234',
      account: 'Chandni Chowk',
      environment: 'UAT',
      action: 'cancel',
      qrCodeId: 'QR26DU7U9NREWU',
      name: 'दुकान 4',
      amount: '500',
      outcome: 'Rejected',
      evidence: 'by EnKash’s answer',
      code: '512',
      message: 'Approval, "pending"\r\nsoon',
      startedFrom: 'Workbench',
      job: '3',
      sendings: '1',
      idColumn: 'Old QR',
      reason: 'Misprint',
      despite: 'The details could not be loaded.',
      operator: 'Asha',
    });
    expect(second).toMatchObject({ row: '', outcome: 'Not confirmed yet', code: '', durationMs: '' });
  });

  it('includes erasures and unreadable rows', async () => {
    const erasure = {
      action: 'erase',
      at: 0,
      by: 'retention',
      count: 1_200,
      lastErasedSequence: 1_200,
      lastHash: '',
    };
    const rows = await rowsOf([
      toEntry({ ...erasure, row: 3, hash: '' } as HistoryRow),
      rowLine({ at: 'x' }),
    ]);
    expect(rows).toMatchObject([
      { row: '3', action: 'erase', outcome: 'Rows erased', message: expect.stringContaining('1,200') },
      { row: '9', action: '', outcome: 'Can’t be read' },
    ]);
  });

  it('is a single table regardless of its length', async () => {
    const rows = await rowsOf(Array.from({ length: 450 }, (_, row) => rowLine({ row })));
    expect(rows.map(({ row }) => Number(row))).toEqual(Array.from({ length: 450 }, (_, row) => row));
  });
});

describe('A38 a text that a spreadsheet may read as a formula', () => {
  it.each([
    '=cmd()',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '=1\n2',
    '=cmd()\r\n',
    ' =1',
    '\u00a0+1',
    '\uff1d1',
    '\uff201',
  ])('%j is escaped', async (text) => {
    const outcome = { kind: 'rejected', httpStatus: 200, code: 1, message: text } as const;
    const odd = rowLine({
      qrName: text,
      accountName: text,
      reason: text,
      operator: text,
      amount: text,
      outcome,
    });
    for (const lines of [[odd], [...Array(100).fill(rowLine({})), odd]]) {
      const row = (await rowsOf(lines)).at(-1);
      const cells = [row?.name, row?.account, row?.message, row?.reason, row?.operator, row?.amount];
      expect(cells).toEqual(Array(6).fill(`'${text}`));
    }
  });
});

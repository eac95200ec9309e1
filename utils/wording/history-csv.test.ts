import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Attempt, CancelAttempt } from '../qr-code/attempt.ts';
import { historyCsv } from './history-csv.ts';

const attempt = (change: Partial<CancelAttempt> = {}): Attempt => ({
  attemptId: 1,
  at: Date.UTC(2026, 10, 22, 10, 30),
  accountId: 'a1',
  accountName: 'Chandni Chowk',
  environment: 'UAT',
  qrCodeId: 'QR26DU7U9NREWU',
  startedBy: 'menu',
  action: 'cancel',
  sendings: 1,
  ...change,
});
const rowsOf = (attempts: Attempt[]) =>
  Papa.parse<Record<string, string>>(historyCsv(attempts).slice(1), { header: true }).data;

describe('the history as CSV', () => {
  it('begins with a byte order mark and has one row an attempt', () => {
    const outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 512,
      message: 'Approval, "pending"\r\nsoon',
    } as const;
    const attempts = [attempt({ qrName: 'दुकान 4', amount: 500, outcome }), attempt({})];
    expect(historyCsv(attempts).startsWith('\ufeff')).toBe(true);
    expect(rowsOf(attempts)).toHaveLength(2);
    expect(rowsOf(attempts)[0]).toEqual({
      time: '2026-11-22T10:30:00.000Z',
      account: 'Chandni Chowk',
      environment: 'UAT',
      action: 'cancel',
      qrCodeId: 'QR26DU7U9NREWU',
      name: 'दुकान 4',
      amount: '500',
      outcome: 'Rejected',
      code: '512',
      message: 'Approval, "pending"\r\nsoon',
      startedFrom: 'Right-click menu',
    });
    expect(rowsOf(attempts)[1]).toMatchObject({ outcome: 'Not confirmed yet', code: '', message: '' });
  });
});

describe('A38 what a spreadsheet would take for a formula', () => {
  it.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is made harmless', (text) => {
    const outcome = { kind: 'rejected', httpStatus: 200, code: 1, message: text } as const;
    const [row] = rowsOf([attempt({ qrName: text, accountName: text, outcome })]);
    expect([row?.name, row?.account, row?.message]).toEqual([`'${text}`, `'${text}`, `'${text}`]);
  });
});

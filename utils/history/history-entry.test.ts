import { describe, expect, it } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import type { HistoryRow } from '../model/history-row.ts';
import { codeOf, messageOf, timestampOf, toEntry, toOpenEntry } from './history-entry.ts';

const odd = (change: Record<string, unknown>) => toEntry({ ...rowOf(1), ...change } as unknown as HistoryRow);

describe('a row', () => {
  it.each<[Record<string, unknown>, string]>([
    [{}, 'cancelled'],
    [{ outcome: { kind: 'unconfirmed', reason: 'timeout' } }, 'unconfirmed'],
    [{ action: 'check', outcome: { kind: 'status', status: 'ACTIVE' } }, 'checked'],
    [
      { action: 'check', outcome: { kind: 'not-found', httpStatus: 404, code: null, message: '' } },
      'not-found',
    ],
    [{ action: 'check', outcome: { kind: 'ambiguous', reason: 'timeout' } }, 'not-checked'],
    [
      {
        action: 'check',
        outcome: { kind: 'sign-in-failed', reason: 'auth-unavailable', httpStatus: 503 },
      },
      'not-checked',
    ],
    [{ action: 'create', outcome: { kind: 'created', code: 0, message: 'ok' } }, 'created'],
    [
      { action: 'create', outcome: { kind: 'unauthorized', httpStatus: 401, code: 117, message: '' } },
      'rejected',
    ],
    [{ action: 'create', outcome: { kind: 'sign-in-failed', reason: 'unreachable' } }, 'rejected'],
    [{ action: 'check', outcome: { kind: 'sign-in-failed', reason: 'unreachable' } }, 'not-checked'],
    [{ action: 'create', outcome: { kind: 'not-sent', reason: 'offline' } }, 'not-sent'],
  ])('with %j counts as %s', (change, outcome) => {
    expect(odd(change)).toMatchObject({ kind: 'attempt', outcome });
  });

  it('is found by id, name, account, operator, reason, message, code and status, whatever their case', () => {
    const outcome = { kind: 'rejected', httpStatus: 200, code: 2041, message: 'Approval PENDING' } as const;
    const { text, record } = toEntry(
      rowOf(1, { qrName: 'Tea', operator: 'Asha', reason: 'Misprint', outcome }),
    );
    for (const part of ['qr26h00001', 'tea', 'chandni', 'asha', 'misprint', 'approval pending', '2041'])
      expect(text).toContain(part);
    expect([messageOf(record as never), codeOf(record as never)]).toEqual(['Approval PENDING', 2041]);
    const checked = { action: 'check', outcome: { kind: 'status', status: 'On hold' } };
    expect(odd(checked)).toMatchObject({ text: expect.stringContaining('on hold') });
  });

  it('of a create is found by the code that it replaces too', () => {
    const created = {
      action: 'create',
      replaces: 'QR26OLD',
      outcome: { kind: 'created', code: 0, message: '' },
    };
    expect(odd(created).text).toContain('qr26old');
    expect(odd({ ...created, replaces: 5 }).kind).toBe('unreadable');
  });

  it('of an erasure is found by who asked for it', () => {
    const erasure = {
      action: 'erase',
      at: 9,
      by: 'operator',
      count: 1,
      lastErasedSequence: 3,
      lastHash: '',
      operator: 'Asha',
    };
    expect(toEntry({ row: 4, hash: '', ...erasure } as HistoryRow).text).toBe('asha');
  });

  it('of an erasure is one of its own', () => {
    const erasure = {
      row: 4,
      hash: '',
      action: 'erase',
      at: 9,
      by: 'operator',
      count: 3,
      lastErasedSequence: 3,
    };
    const line = toEntry({ ...erasure, lastHash: 'x' } as HistoryRow);
    expect([line.kind, timestampOf(line)]).toEqual(['erasure', 9]);
  });

  it('of a lost end is one of its own', () => {
    const line = toEntry({ row: 4, hash: '', action: 'lost', at: 9 } as HistoryRow);
    expect([line.kind, timestampOf(line)]).toEqual(['loss', 9]);
  });

  it('without an outcome is open', () => {
    const { outcome: _, ...open } = rowOf(7) as Extract<HistoryRow, { action: 'cancel' }>;
    expect(toOpenEntry(open)).toMatchObject({ key: 'open 7', outcome: 'open' });
  });
});

describe('a row that nothing of ours has written', () => {
  it.each([
    { at: 'yesterday' },
    { at: Number.NaN },
    { at: 1e300 },
    { finishedAt: '1' },
    { action: 'destroy' },
    { outcome: { kind: 'splendid' } },
    { outcome: { kind: 'not-sent', reason: 'rate-limited', until: 'later' } },
    { outcome: 'cancelled' },
    { action: 'check', outcome: undefined },
    { accountName: undefined },
    { environment: 'MOON' },
    { startedBy: 'magic' },
    { reason: {} },
    { operator: {} },
    { qrCodeId: 7 },
  ])('such as one with %j is kept as it is and told as unreadable', (change) => {
    const line = odd(change);
    expect(line.kind).toBe('unreadable');
    expect(line.record).toMatchObject(change);
    expect(timestampOf(line)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import type { Job } from '../model/job.ts';
import { toEntry } from './history-entry.ts';
import { insertPlanned } from './planned-entries.ts';

const LINES = [3, 2, 1].map((row) => toEntry(rowOf(row)));
const timeOfRow = (row: number) => Date.UTC(2026, 10, 22, 10, row);
const PLAN = { at: 0, wall: '2026-11-27T23:59', zone: 'Asia/Kolkata' };

const jobOf = (jobId: number, change: Partial<Job> = {}): Job => ({
  jobId,
  at: timeOfRow(2) + 1,
  account: { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' },
  planned: PLAN,
  total: 3,
  state: { kind: 'scheduled', ...PLAN },
  epoch: 0,
  revision: 1,
  browserSession: 's',
  ...change,
});
const keys = (...args: Parameters<typeof insertPlanned>) => insertPlanned(...args).map(({ key }) => key);

describe('planned jobs among the lines', () => {
  it('stand at the time of their confirmation, or of their drop', () => {
    const waits = jobOf(7);
    const dropped = jobOf(8, { state: { kind: 'ended' }, finishedAt: timeOfRow(3) + 1 });
    const old = jobOf(6, { at: 0 });
    expect(keys(LINES, [waits, dropped, old], {})).toEqual([
      'planned 8',
      'row 3',
      'planned 7',
      'row 2',
      'row 1',
      'planned 6',
    ]);
  });

  it('are left out once they have started: their codes have lines', () => {
    const started = jobOf(7, { state: { kind: 'running' }, epoch: 1 });
    const over = jobOf(8, { state: { kind: 'ended' }, epoch: 2 });
    expect(keys([], [started, over], {})).toEqual([]);
  });

  it.each([
    [{ environment: 'LIVE' }, 0],
    [{ environment: 'UAT', account: 'Chandni Chowk' }, 1],
    [{ outcome: 'cancelled' }, 0],
    [{ action: 'check' }, 0],
    [{ action: 'cancel', job: '7' }, 1],
    [{ find: 'chandni' }, 1],
    [{ find: 'QR26' }, 0],
    [{ to: '2026-11-20' }, 0],
  ])('pass the filters %j: %i', (filters, count) => {
    expect(keys([], [jobOf(7)], filters)).toHaveLength(count);
  });
});

import { describe, expect, it } from 'vitest';
import type { Job, JobState } from '../model/job.ts';
import { plannedNotice } from './notice.ts';
import { outcomeReport } from './outcome.ts';
import { wallTimeText } from './wall-time.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const planned = { at: Date.UTC(2026, 10, 27, 18, 29), wall: '2026-11-27T23:59', zone: 'Asia/Kolkata' };
const jobIn = (state: JobState, total = 3): Job => ({
  jobId: 1,
  at: 0,
  account: ACCOUNT,
  total,
  state,
  planned,
  epoch: 0,
  revision: 1,
  browserSession: '',
});
const overdue = (because: 'late' | 'no-account' | 'forbidden' | 'too-many' | 'no-reason'): JobState => ({
  kind: 'overdue',
  because,
  ...planned,
});

describe('the notification of a planned job', () => {
  it.each<[JobState, string, string]>([
    [{ kind: 'scheduled', waitsFor: 'unlock', ...planned }, 'waiting for you to unlock', ''],
    [{ kind: 'scheduled', waitsFor: 'other-job', ...planned }, 'another bulk cancel, which is paused', ''],
    [overdue('late'), 'its time has passed', ''],
    [overdue('no-account'), 'not started', 'no longer among your accounts'],
    [overdue('forbidden'), 'not started', 'administrator does not allow'],
    [overdue('too-many'), 'not started', 'administrator does not allow'],
    [overdue('no-reason'), 'not started', 'asks for a reason'],
    [{ kind: 'paused', by: 'sign-in' }, 'Planned cancel paused', 'did not accept'],
    [{ kind: 'paused', by: 'locked' }, 'Planned cancel paused', 'locked'],
    [{ kind: 'paused', by: 'account' }, 'Planned cancel paused', 'no longer allowed'],
    [{ kind: 'paused', by: 'server' }, 'Planned cancel paused', ''],
  ])('of %j has its reason, codes, time and account', (state, title, reason) => {
    const notice = plannedNotice(jobIn(state));
    expect(notice.title).toContain(title);
    expect(notice.message).toMatch(/^3 QR codes, planned for 27 Nov 2026, 23:59 · Chandni Chowk \(UAT\)/);
    expect(notice.message).toContain(reason);
  });

  it('counts one code', () => {
    expect(plannedNotice(jobIn(overdue('late'), 1)).message).toMatch(/^1 QR code, /);
  });
});

it('a wall time is shown as it is in every zone, and other texts unchanged', () => {
  expect(wallTimeText('2026-12-01T00:05')).toBe('1 Dec 2026, 00:05');
  expect(wallTimeText('soon')).toBe('soon');
});

it('the report of a code that was no longer active names its status', () => {
  const report = outcomeReport({ kind: 'not-sent', reason: 'not-active', currentStatus: 'EXPIRED' }, ACCOUNT);
  expect(report.sentences[0]).toContain('“EXPIRED”');
});

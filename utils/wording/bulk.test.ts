import { describe, expect, it } from 'vitest';
import type { StartJobError } from '../messaging/protocol.ts';
import type { JobState, PauseReason } from '../model/job.ts';
import { ITEM_KINDS, type ItemState } from '../model/job-item.ts';
import { type ReviewStatus, ZERO_COUNTS } from '../review/review.ts';
import { reviewParts } from './bulk.ts';
import { itemBadge, itemNote } from './bulk-item.ts';
import { jobTitle, pausedText, periodText } from './bulk-job.ts';
import { subjectText, verdictBadge, verdictNote } from './bulk-line.ts';
import { formatThroughput } from './bulk-pace.ts';
import { startProblemText } from './start-problem.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'LIVE' } as const;
const UNTIL = Date.UTC(2026, 10, 22, 10, 30);
const UNFILLED = /\$\d|undefined|null|NaN|Invalid Date|\[object/;
const keysOf = <Key extends string>(record: Record<Key, true>) => Object.keys(record) as Key[];

describe('throughput and remaining time', () => {
  it.each([
    [24.6, 115, 'about 25 a second · about 2 minutes left'],
    [1_234.5, 12, 'about 1,235 a second · less than a minute left'],
    [0.5, 60, 'about 30 a minute · about 1 minute left'],
    [0.001, 7_260, 'about 1 a minute · about 2 hours 1 minute left'],
    [2, 3_600, 'about 2 a second · about 1 hour left'],
    [2, 3_590, 'about 2 a second · about 1 hour left'],
    [undefined, undefined, ''],
    [0, Number.POSITIVE_INFINITY, ''],
    [3, undefined, 'about 3 a second'],
  ])('for %s a second and %s seconds left', (rate, secondsLeft, text) => {
    expect(formatThroughput(rate, secondsLeft)).toBe(text);
  });
});

describe('the counts of a review', () => {
  it('leave out zero counts', () => {
    expect(reviewParts(ZERO_COUNTS)).toEqual([]);
    expect(reviewParts({ ...ZERO_COUNTS, 'to-cancel': 100_000, duplicate: 1 })).toEqual([
      '1,00,000 will be cancelled',
      '1 duplicate',
    ]);
  });

  it('have a text for every kind', () => {
    const all = Object.fromEntries(Object.keys(ZERO_COUNTS).map((kind) => [kind, 2])) as typeof ZERO_COUNTS;
    expect(reviewParts(all)).toEqual([
      '2 will be cancelled',
      '2 already cancelled',
      '2 not found',
      '2 with another status',
      '2 could not be checked',
      '2 not checked yet',
      '2 not QR code IDs',
      '2 duplicates',
    ]);
  });
});

describe('every reviewed line', () => {
  const verdicts: ReviewStatus[] = [
    { kind: 'to-cancel' },
    { kind: 'already-cancelled' },
    { kind: 'not-found' },
    { kind: 'other-status', status: 'ON_HOLD' },
    { kind: 'other-status', status: '' },
    { kind: 'read-failed', failure: { kind: 'rate-limited', until: UNTIL, message: '' } },
    { kind: 'not-read-yet' },
    { kind: 'duplicate', firstLine: 7 },
    { kind: 'refused', line: { line: 3, kind: 'refused', text: 'ab', problem: { code: 'empty' } } },
  ];

  it.each(verdicts.map((verdict) => [verdict.kind, verdict] as const))(
    'has a badge and a complete note: %s',
    (_, verdict) => {
      expect(verdictBadge(verdict).text).not.toBe('');
      expect(`${verdictBadge(verdict).text} ${verdictNote(verdict, ACCOUNT)}`).not.toMatch(UNFILLED);
    },
  );

  it('has its name and amount if they are known', () => {
    expect(subjectText({ qrName: 'Counter\u202e 4', amount: 100_000 })).toBe('Counter‹U+202E› 4, ₹1,00,000');
    expect(subjectText({ amount: 0 })).toBe('₹0');
    expect(subjectText({})).toBe('');
  });
});

describe('every item of a job', () => {
  const outcome = { kind: 'unconfirmed', reason: 'timeout' } as const;
  const open: ItemState[] = [
    { kind: 'pending' },
    { kind: 'in-flight' },
    { kind: 'unresolved', fallbackOutcome: outcome },
    { kind: 'retry-scheduled', retryAt: UNTIL, fallbackOutcome: outcome },
  ];
  const jobs: JobState[] = [{ kind: 'running' }, { kind: 'ended' }];

  it('has its own badge', () => {
    for (const job of jobs)
      expect(new Set(ITEM_KINDS.map((kind) => itemBadge(kind, job).text)).size).toBe(ITEM_KINDS.length);
  });

  it('claims no result before its outcome', () => {
    for (const state of open)
      for (const job of jobs) {
        expect(itemNote({ state, sendings: 1 }, job, ACCOUNT)).not.toMatch(UNFILLED);
        expect(itemNote({ state, sendings: 1 }, job, ACCOUNT)).not.toMatch(/cancelled/i);
        expect(itemBadge(state.kind, job).tone).not.toBe('success');
      }
  });

  it('is “to go” before it is sent, and “not started” after the end of the job', () => {
    expect(itemBadge('pending', { kind: 'paused', by: 'user' }).text).toBe('Not sent yet');
    expect(itemBadge('pending', { kind: 'ended' }).text).toBe('Not started');
  });
});

const reasons: Record<PauseReason, true> = {
  user: true,
  locked: true,
  'sign-in': true,
  'auth-unavailable': true,
  offline: true,
  rate: true,
  server: true,
  intermediary: true,
  refused: true,
  account: true,
  restart: true,
};

describe('every reason for a pause', () => {
  it.each(keysOf(reasons))('“%s”: says that nothing is sent and how the job continues', (by) => {
    const manual = pausedText({ kind: 'paused', by }, ACCOUNT);
    expect(manual).toMatch(/Nothing is being sent\..*“Resume”.*\.$/);
    const automatic = pausedText({ kind: 'paused', by, until: UNTIL }, ACCOUNT);
    expect(automatic).toMatch(/Nothing is being sent\. It continues by itself: the next try is at \d.*\.$/);
    expect(`${manual} ${automatic}`).not.toMatch(UNFILLED);
  });

  it('A52 shows the response that caused the pause', () => {
    const refusal = { httpStatus: 200, code: 2041, message: 'Settlement is under way' };
    expect(pausedText({ kind: 'paused', by: 'refused', response: refusal }, ACCOUNT)).toMatch(
      /^EnKash refused 5 QR codes in a row in the same way\. EnKash said: “Settlement is under way” \(code 2041\)\..*“Resume”.*“Stop for good”/,
    );
    const unknown = { message: 'QR not found', isNotFound: true };
    expect(pausedText({ kind: 'paused', by: 'refused', response: unknown }, ACCOUNT)).toMatch(
      /^EnKash did not find 5 QR codes in a row in .*“QR not found”/,
    );
    const page = { httpStatus: 404 };
    expect(pausedText({ kind: 'paused', by: 'intermediary', until: UNTIL, response: page }, ACCOUNT)).toMatch(
      /refused 5 requests in a row \(HTTP 404\)\. Nothing is being sent\. It continues by itself.*until EnKash itself answers/,
    );
    const signIn = { httpStatus: 503, message: 'Down' };
    expect(
      pausedText({ kind: 'paused', by: 'auth-unavailable', until: UNTIL, response: signIn }, ACCOUNT),
    ).toMatch(/^Could not sign in to EnKash .*“Down”/);
  });
});

const problems: Record<StartJobError['code'], StartJobError> = {
  'another-job': { code: 'another-job' },
  'too-many': { code: 'too-many', limit: 10_000 },
  interrupted: { code: 'interrupted' },
  forbidden: { code: 'forbidden' },
  locked: { code: 'locked' },
  'no-account': { code: 'no-account' },
  'no-reason': { code: 'no-reason' },
  past: { code: 'past' },
  'zone-changed': { code: 'zone-changed', zone: 'Asia/Dubai' },
  'journal-unavailable': { code: 'journal-unavailable', trouble: 'full' },
};

describe('every problem at the start of a job', () => {
  it.each(Object.values(problems))(
    '$code: says the reason, that nothing was changed, and what to do',
    (problem) => {
      const text = startProblemText(problem, ACCOUNT);
      expect(text).toMatch(/^.+\. Nothing was sent\. No QR code was changed\. .+\.$/);
      expect(text).not.toMatch(UNFILLED);
    },
  );
});

describe('the title of a job', () => {
  it('differs for each state', () => {
    const planned = { at: 0, wall: '2026-11-27T23:59', zone: 'Asia/Kolkata' };
    const states: JobState[] = [
      { kind: 'preparing' },
      { kind: 'scheduled', ...planned },
      { kind: 'overdue', because: 'late', ...planned },
      { kind: 'running' },
      { kind: 'paused', by: 'user' },
      { kind: 'finished' },
      { kind: 'ended' },
    ];
    expect(new Set(states.map(jobTitle)).size).toBe(7);
  });

  it('names the day once in its period', () => {
    const finishedAt = UNTIL + 60_000;
    expect(periodText({ at: UNTIL, finishedAt }).match(/2026/g)).toHaveLength(1);
    expect(periodText({ at: UNTIL })).toContain('2026');
  });
});

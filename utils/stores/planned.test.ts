import { beforeEach, describe, expect, it } from 'vitest';
import { KOLKATA } from '../../tests/fixtures/local-time.ts';
import type { MessageName, PlannedJob, Send } from '../messaging/protocol.ts';
import { createPlannedStore } from './planned.ts';
import type { PlannedStore } from './planned-state.ts';

const NOW = KOLKATA.instantOf('2026-11-27T21:10');
const UAT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const ZONE = 'Asia/Kolkata';

const jobOf = (change: Partial<PlannedJob> = {}): PlannedJob => ({
  jobId: 1,
  confirmedAt: NOW,
  account: UAT,
  total: 3,
  state: {
    kind: 'scheduled',
    at: KOLKATA.instantOf('2026-11-27T23:59'),
    wall: '2026-11-27T23:59',
    zone: ZONE,
  },
  dueAt: KOLKATA.instantOf('2026-11-27T23:59'),
  ...change,
});

let jobs: PlannedJob[];
let sent: [MessageName, unknown][];
let answers: { [Name in MessageName]?: unknown };
let store: PlannedStore;
beforeEach(async () => {
  jobs = [jobOf()];
  sent = [];
  answers = {
    runJobNow: { ok: true, jobId: 1 },
    rescheduleJob: { ok: true, jobId: 1 },
    dropJob: { dropped: true },
  };
  const send = (async (name: MessageName, request: unknown) => {
    sent.push([name, request]);
    if (answers[name] === 'dead') throw new Error('The background gave no answer.');
    return answers[name];
  }) as Send;
  store = createPlannedStore({ send, clock: { now: () => NOW }, local: KOLKATA, load: async () => jobs });
  await store.actions.refresh();
});
const question = () => store.getState().question;
const notice = () => store.getState().notice?.();
const error = () => store.getState().error?.();

describe('a planned job', () => {
  it('runs at once if it is short and in UAT', async () => {
    await store.actions.runNow(1);
    expect(sent).toEqual([['runJobNow', { jobId: 1 }]]);
  });

  it.each([
    { total: 21, account: UAT, phrase: 'CANCEL 21' },
    { total: 1, account: { ...UAT, environment: 'LIVE' as const }, phrase: 'CANCEL 1' },
  ])(
    'of $total in $account.environment runs after the phrase is typed',
    async ({ total, account, phrase }) => {
      jobs = [jobOf({ total, account })];
      await store.actions.refresh();
      await store.actions.runNow(1);
      await store.actions.confirm();
      store.actions.setTyped('CANCEL');
      await store.actions.confirm();
      expect(sent).toEqual([]);
      store.actions.setTyped(phrase);
      await store.actions.confirm();
      expect(sent).toEqual([['runJobNow', { jobId: 1 }]]);
      expect(question()).toBeUndefined();
    },
  );

  it('gets another time, which is said', async () => {
    store.actions.askTime(1);
    expect(question()?.start).toEqual({ wall: '2026-11-27T23:59', zone: ZONE });
    store.actions.setStart({ wall: '2026-12-01T00:05', zone: ZONE });
    await store.actions.confirm();
    expect(sent).toEqual([['rescheduleJob', { jobId: 1, at: { wall: '2026-12-01T00:05', zone: ZONE } }]]);
    expect(notice()).toBe('Planned for 1 Dec 2026, 00:05.');
  });

  it('keeps a time that has passed in the field, and sends nothing', async () => {
    store.actions.askTime(1);
    store.actions.setStart({ wall: '2026-11-27T21:00', zone: ZONE });
    await store.actions.confirm();
    expect(sent).toEqual([]);
    expect(question()).toMatchObject({
      start: { wall: '2026-11-27T21:00' },
      problem: { code: 'past' },
      busy: false,
    });
  });

  it('keeps the time if the zone has changed, and shows the present zone', async () => {
    answers.rescheduleJob = { ok: false, problem: { code: 'zone-changed', zone: 'Asia/Dubai' } };
    store.actions.askTime(1);
    await store.actions.confirm();
    expect(question()).toMatchObject({
      start: { wall: '2026-11-27T23:59', zone: 'Asia/Dubai' },
      problem: { code: 'zone-changed' },
    });
  });

  it('that is overdue gets a time to come as the first one', async () => {
    const state = {
      ...jobOf().state,
      kind: 'overdue' as const,
      because: 'late' as const,
      wall: '2026-11-26T23:59',
    };
    jobs = [jobOf({ state })];
    await store.actions.refresh();
    store.actions.askTime(1);
    expect(question()?.start.wall).toBe('2026-11-27T23:59');
  });

  it('is dropped after the question', async () => {
    store.actions.askDrop(1);
    expect(sent).toEqual([]);
    await store.actions.confirm();
    expect(sent).toEqual([['dropJob', { jobId: 1 }]]);
    expect(notice()).toBe('Dropped. Nothing was sent.');
  });

  it('says that it had started or was dropped elsewhere', async () => {
    answers.runJobNow = { ok: false, problem: { code: 'not-waiting' } };
    await store.actions.runNow(1);
    expect(error()).toBe('It had started, or was dropped, before you pressed. See “History”.');
  });

  it('says why it did not start', async () => {
    answers.runJobNow = { ok: false, problem: { code: 'another-job' } };
    await store.actions.runNow(1);
    expect(error()).toContain('Another bulk cancel is under way. Nothing was sent.');
  });
});

describe('a countdown', () => {
  it('is stopped without a question, and the text says that nothing was sent', async () => {
    await store.actions.keepActive(1);
    expect(sent).toEqual([['dropJob', { jobId: 1 }]]);
    expect(notice()).toBe('Stopped in time. Nothing was sent; the 3 QR codes stay as they are.');
  });

  it('that was over already claims nothing', async () => {
    answers.dropJob = { dropped: false };
    await store.actions.keepActive(1);
    expect(notice()).toBeUndefined();
    expect(error()).toContain('It had started');
  });

  it('claims nothing without an answer', async () => {
    answers.dropJob = 'dead';
    await store.actions.keepActive(1);
    expect(notice()).toBeUndefined();
    expect(error()).toBeDefined();
  });

  it('is skipped without a question, also in LIVE: it was confirmed just before', async () => {
    jobs = [jobOf({ account: { ...UAT, environment: 'LIVE' } })];
    await store.actions.refresh();
    await store.actions.skipWait(1);
    expect(sent).toEqual([['runJobNow', { jobId: 1 }]]);
  });

  it('takes one command at a time', async () => {
    await Promise.all([store.actions.keepActive(1), store.actions.skipWait(1)]);
    expect(sent).toEqual([['dropJob', { jobId: 1 }]]);
  });
});

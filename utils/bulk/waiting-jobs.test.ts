import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionProvider, JOURNAL } from '../journal/database.ts';
import { JobInProgressError } from './job-creation.ts';
import { LeaseLostError } from './job-lease.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore, type JobStore } from './job-store.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ qrCodeId: `QR${1000 + index}` }));

let open: ReturnType<typeof createConnectionProvider>;
let jobs: JobStore;
const reader = createJobReader(() => open());
const clock = { at: 1_000, now: () => clock.at, sleep: async () => undefined };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  clock.at = 1_000;
  open = createConnectionProvider();
  jobs = createJobStore(open, clock);
});

describe('a planned job', () => {
  const planned = { at: 9_000, wall: '2026-11-27T23:59', zone: 'Asia/Kolkata' };
  const plan = (count = 1) => jobs.create(ACCOUNT, codes(count), 'session', { planned });
  const start = (jobId: number) => jobs.changeWaiting(jobId, 'session', () => ({ kind: 'running' }));

  it('waits beside a job that runs and beside other planned ones', async () => {
    const { jobId } = await jobs.create(ACCOUNT, codes(1), 'session');
    const waiting = [(await plan()).jobId, (await plan()).jobId];
    expect((await jobs.open())?.jobId).toBe(jobId);
    expect((await jobs.waiting()).map((job) => job.jobId)).toEqual(waiting);
    expect(await jobs.get(Number(waiting[0]))).toMatchObject({
      state: { kind: 'scheduled', ...planned },
      planned,
    });
    await expect(jobs.create(ACCOUNT, codes(1), 'session')).rejects.toThrow(JobInProgressError);
  });

  it('does not keep another job from starting', async () => {
    await plan();
    expect(await jobs.create(ACCOUNT, codes(1), 'session')).toMatchObject({ state: { kind: 'running' } });
  });

  it('is given to no runner before it was started', async () => {
    const { jobId } = await plan();
    await expect(jobs.acquireLease(jobId, 'session')).rejects.toThrow(LeaseLostError);
    expect((await start(jobId))?.state).toEqual({ kind: 'running' });
    expect((await jobs.acquireLease(jobId, 'session')).unfinished).toBe(1);
  });

  it('is never open beside another job', async () => {
    const { jobId } = await plan();
    await jobs.create(ACCOUNT, codes(1), 'session');
    await expect(start(jobId)).rejects.toThrow(JobInProgressError);
    expect((await jobs.get(jobId))?.state.kind).toBe('scheduled');
  });

  it('that was dropped has sent nothing, never starts, and is not the latest job', async () => {
    const { jobId } = await plan(2);
    const dropped = await jobs.changeWaiting(jobId, 'session', () => ({ kind: 'ended' }));
    expect(dropped).toMatchObject({ state: { kind: 'ended' }, finishedAt: expect.any(Number) });
    expect(dropped).not.toHaveProperty('openFlag');
    expect(await start(jobId)).toBeUndefined();
    expect(await jobs.counts(jobId)).toMatchObject({ pending: 2 });
    expect(await reader.latest()).toBeUndefined();
    expect((await reader.planned()).map((job) => job.jobId)).toEqual([jobId]);
  });

  it('keeps the time that was confirmed last', async () => {
    const { jobId } = await plan();
    const later = { ...planned, at: 99_000, wall: '2026-11-29T23:59' };
    await jobs.changeWaiting(jobId, 'other session', () => ({ kind: 'scheduled', ...later }));
    await start(jobId);
    expect(await jobs.get(jobId)).toMatchObject({ planned: later, browserSession: 'session' });
  });

  it('is told once for each notice', async () => {
    const { jobId } = await plan();
    const lateness = { kind: 'overdue', because: 'late', ...planned } as const;
    await jobs.markTold(jobId, 'overdue:late');
    expect(await jobs.get(jobId)).not.toHaveProperty('told');
    await jobs.changeWaiting(jobId, 'session', () => lateness);
    await jobs.markTold(jobId, 'overdue:late');
    expect(await jobs.get(jobId)).toMatchObject({ told: 'overdue:late' });
    await jobs.changeWaiting(jobId, 'session', () => ({ kind: 'scheduled', ...planned }));
    expect(await jobs.get(jobId)).not.toHaveProperty('told');
  });

  it('is the latest job from its start on, though another was confirmed after it', async () => {
    const { jobId } = await plan(0);
    const second = await jobs.create(ACCOUNT, codes(0), 'session');
    const finish = async (id: number) => {
      const { lease } = await jobs.acquireLease(id, 'session');
      await jobs.commit(lease, { state: { kind: 'finished' } });
    };
    await finish(second.jobId);
    expect((await reader.latest())?.jobId).toBe(second.jobId);
    await start(jobId);
    expect((await reader.latest())?.jobId).toBe(jobId);
    clock.at = 2_000;
    await finish(jobId);
    expect((await reader.latest())?.jobId).toBe(jobId);
  });

  it('is not erased with the jobs that are over', async () => {
    const { jobId } = await plan();
    await jobs.deleteJobs('over');
    expect(await jobs.get(jobId)).toBeDefined();
  });
});

it('a journal from before there were planned jobs opens, and its job is still open', async () => {
  await open().then((journal) => journal.close());
  // The first version of the database, with a job as that version of the extension wrote it.
  const older = await openDB(JOURNAL, 1);
  await older.add('jobs', {
    at: 500,
    account: ACCOUNT,
    total: 0,
    state: { kind: 'paused', by: 'user' },
    epoch: 1,
    revision: 1,
    browserSession: 'session',
    openFlag: 1,
  });
  older.close();
  open = createConnectionProvider();
  jobs = createJobStore(open, clock);
  expect(await jobs.open()).toMatchObject({ at: 500 });
  expect(await jobs.waiting()).toEqual([]);
  expect(await reader.latest()).toMatchObject({ at: 500 });
});

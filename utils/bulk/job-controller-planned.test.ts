import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionProvider } from '../journal/database.ts';
import { systemClock } from '../lib/clock.ts';
import { resumesOnUnlock } from '../model/job.ts';
import type { Outcome } from '../model/outcome.ts';
import { createJobController, type JobController } from './job-controller.ts';
import { createJobStore, type JobStore } from './job-store.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const planned = { at: 1, wall: '2026-11-27T23:59', zone: 'UTC' };
const CANCELLED: Outcome = { kind: 'cancelled', evidence: 'response' };

let jobs: JobStore;
let controller: JobController;
let locked: boolean;
let sent: string[];
let answer: Promise<void>;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  jobs = createJobStore(createConnectionProvider(), systemClock);
  locked = false;
  sent = [];
  answer = Promise.resolve();
  let lock: Promise<unknown> = Promise.resolve();
  controller = createJobController({
    jobs,
    clock: systemClock,
    isMultiplexed: () => false,
    async send(_, { qrCodeId }) {
      if (locked) return { outcome: { kind: 'not-sent', reason: 'locked' } };
      sent.push(qrCodeId);
      await answer;
      return { outcome: CANCELLED };
    },
    read: async (_, qrCodeId) =>
      locked
        ? { kind: 'not-sent', reason: 'locked' }
        : { kind: 'answered', code: 0, message: '', payload: { qrCodeId, status: 'ACTIVE' } },
    withExclusiveLock(work) {
      const done = lock.then(work);
      lock = done.catch(() => undefined);
      return done;
    },
    keepAlive: (work) => work,
    alarm: { set: async () => undefined, clear: async () => undefined },
    browserSession: async () => 'session',
    onChange: () => undefined,
    onProgress: () => undefined,
    onFinished: () => undefined,
  });
});

async function startPlanned(count: number): Promise<number> {
  const codes = Array.from({ length: count }, (_, index) => ({ qrCodeId: `QR${1000 + index}` }));
  const { jobId } = await jobs.create(ACCOUNT, codes, 'session', { planned });
  await jobs.changeWaiting(jobId, 'session', () => ({ kind: 'running' }));
  return jobId;
}

const stateOf = async (jobId: number) => (await jobs.get(jobId))?.state;
const becomes = (jobId: number, state: object) => expect.poll(() => stateOf(jobId)).toEqual(state);

describe('a planned job that was paused because the keys are locked', () => {
  async function pausedByLock(): Promise<number> {
    const jobId = await startPlanned(3);
    locked = true;
    await controller.resume(jobId);
    await becomes(jobId, { kind: 'paused', by: 'locked' });
    locked = false;
    return jobId;
  }

  it('goes on after unlocking', async () => {
    const jobId = await pausedByLock();
    await controller.resume(jobId, resumesOnUnlock);
    await becomes(jobId, { kind: 'finished' });
    expect(sent).toHaveLength(3);
  });

  it('stays paused if the operator pauses it before unlocking', async () => {
    const jobId = await pausedByLock();
    await controller.pause('user', () => true);
    await controller.resume(jobId, resumesOnUnlock);
    await becomes(jobId, { kind: 'paused', by: 'user' });
    expect(sent).toEqual([]);
  });

  it('goes on if it is unlocked while the last requests are still under way', async () => {
    const answered = Promise.withResolvers<void>();
    answer = answered.promise;
    const jobId = await startPlanned(40);
    await controller.resume(jobId);
    await expect.poll(() => sent.length).toBeGreaterThan(0);
    controller.lock();
    const resumed = controller.resume(jobId, resumesOnUnlock);
    answered.resolve();
    await resumed;
    await becomes(jobId, { kind: 'finished' });
    expect(new Set(sent).size).toBe(40);
    expect(sent).toHaveLength(40);
  });
});

it('a job that waits is not resumed before it was started, and starts after the one that runs', async () => {
  const first = await startPlanned(2);
  const codes = [{ qrCodeId: 'QR2000' }];
  const second = (await jobs.create(ACCOUNT, codes, 'session', { planned })).jobId;
  await controller.resume(second);
  expect((await stateOf(second))?.kind).toBe('scheduled');
  await controller.resume(first);
  await becomes(first, { kind: 'finished' });
  await jobs.changeWaiting(second, 'session', () => ({ kind: 'running' }));
  // The run of the first job may not have left yet.
  await controller.resume(second);
  await becomes(second, { kind: 'finished' });
  expect(sent).toEqual(['QR1000', 'QR1001', 'QR2000']);
});

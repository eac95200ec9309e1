import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnectionProvider } from '../journal/database.ts';
import { systemClock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { Job } from '../model/job.ts';
import type { ResolvedCancel } from '../qr-code/cancel.ts';
import { createJobController, type JobController, type JobControllerDeps } from './job-controller.ts';
import type { Counts } from './job-counts.ts';
import { JobInProgressError } from './job-creation.ts';
import { createJobReader, type JobReader } from './job-reader.ts';
import { createJobStore, type JobStore } from './job-store.ts';

const ACCOUNT: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ qrCodeId: `QR${1000 + index}` }));

let open: ReturnType<typeof createConnectionProvider>;
let jobs: JobStore;
let reader: JobReader;
let controller: JobController;
let sent: string[];
let answer: () => Promise<ResolvedCancel>;
let finished: { job: Job; counts: Counts }[];
let alarm: boolean;
let session: string;

function start(change: Partial<JobControllerDeps> = {}): JobController {
  let lock: Promise<unknown> = Promise.resolve();
  return createJobController({
    jobs,
    clock: systemClock,
    isMultiplexed: () => false,
    send: async (_, { qrCodeId }) => {
      sent.push(qrCodeId);
      return answer();
    },
    read: async (_, qrCodeId) => ({
      kind: 'answered',
      code: 0,
      message: '',
      payload: { qrCodeId, status: 'ACTIVE' },
    }),
    withExclusiveLock(work) {
      const done = lock.then(work);
      lock = done.catch(() => undefined);
      return done;
    },
    keepAlive: (work) => work,
    alarm: {
      set: async () => {
        alarm = true;
      },
      clear: async () => {
        alarm = false;
      },
    },
    browserSession: async () => session,
    onChange: () => undefined,
    onProgress: () => undefined,
    onFinished: (job, counts) => void finished.push({ job, counts }),
    ...change,
  });
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  open = createConnectionProvider();
  jobs = createJobStore(open, systemClock);
  reader = createJobReader(open);
  sent = [];
  finished = [];
  alarm = false;
  session = 'first';
  answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
  controller = start();
});

const stateOf = async () => (await reader.latest())?.state;
const finishes = () => expect.poll(() => finished).toHaveLength(1);
const sends = (count: number) => expect.poll(() => sent).toHaveLength(count);
/** Requests a stop, and resolves once the controller has read the open job. */
async function request(stop: () => Promise<void>): Promise<{ done: Promise<void> }> {
  const reads = vi.spyOn(jobs, 'open');
  const done = stop();
  await reads.mock.results[0]?.value;
  return { done };
}
/** Holds every response until it is released. */
function holdResponses() {
  const released = Promise.withResolvers<void>();
  answer = async () => {
    await released.promise;
    return { outcome: { kind: 'cancelled', evidence: 'response' } };
  };
  return { release: () => released.resolve() };
}

describe('a job', () => {
  it('cancels all its codes, reports its end once, and clears the alarm', async () => {
    expect(await controller.start(ACCOUNT, codes(40))).toBe(1);
    await finishes();
    expect(sent).toHaveLength(40);
    expect(finished[0]).toMatchObject({ job: { state: { kind: 'finished' } }, counts: { cancelled: 40 } });
    expect(alarm).toBe(false);
  });

  it('does not start while another one is open', async () => {
    const responses = holdResponses();
    await controller.start(ACCOUNT, codes(1));
    await expect(controller.start(ACCOUNT, codes(1))).rejects.toThrow(JobInProgressError);
    responses.release();
    await finishes();
  });

  it('that was prepared is executed once, also if its confirmation comes again', async () => {
    const responses = holdResponses();
    const list = { account: ACCOUNT, total: 40, codes: codes(40).slice(0, 30) };
    const prepared = { jobId: await jobs.prepare(list), count: 30 };
    const confirm = () => controller.start(ACCOUNT, codes(40).slice(30), { prepared });
    expect(await Promise.all([confirm(), confirm()])).toEqual([1, 1]);
    await sends(6);
    expect(await confirm()).toBe(1);
    responses.release();
    await finishes();
    expect(await confirm()).toBe(1);
    expect(sent).toHaveLength(40);
    expect(finished).toHaveLength(1);
  });

  it('in preparation is deleted by the next worker', async () => {
    await jobs.prepare({ account: ACCOUNT, total: 2, codes: codes(1) });
    jobs = createJobStore(open, systemClock);
    controller = start();
    await controller.resumeIfDue();
    await vi.waitFor(async () => expect(await (await open()).count('items')).toBe(0));
    expect([await jobs.get(1), sent]).toEqual([undefined, []]);
  });

  it('sets the alarm before it sends', async () => {
    const responses = holdResponses();
    await controller.start(ACCOUNT, codes(1));
    await sends(1);
    expect(alarm).toBe(true);
    responses.release();
    await finishes();
  });
});

describe('a pause', () => {
  it('resolves when requests in flight are settled, and lasts until the job is resumed', async () => {
    const responses = holdResponses();
    await controller.start(ACCOUNT, codes(40));
    await sends(6);
    let answered = false;
    const paused = await request(() =>
      controller
        .pause('user', () => true)
        .then(() => {
          answered = true;
        }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    responses.release();
    await paused.done;
    expect(await stateOf()).toEqual({ kind: 'paused', by: 'user' });
    expect([sent.length, alarm]).toEqual([6, false]);
    await controller.resumeIfDue();
    expect(sent).toHaveLength(6);
    await controller.resume(1);
    await finishes();
    expect(new Set(sent).size).toBe(40);
    expect(sent).toHaveLength(40);
  });

  it('loses no code if it alternates with resumes', async () => {
    await controller.start(ACCOUNT, codes(60));
    for (let times = 0; times < 20; times += 1) {
      void controller.pause('user', () => true);
      await controller.resume(1);
    }
    await finishes();
    expect(sent).toHaveLength(60);
  });

  it('by the job itself is followed by a resume that came before its runner had left', async () => {
    const cleared = Promise.withResolvers<void>();
    controller = start({ alarm: { set: async () => undefined, clear: () => cleared.promise } });
    const refusal = { httpStatus: 200, code: 118, message: 'No', currentStatus: 'ACTIVE' };
    answer = async () => ({ outcome: { kind: 'rejected', ...refusal } });
    await controller.start(ACCOUNT, codes(30));
    await expect.poll(stateOf).toMatchObject({ kind: 'paused', by: 'refused' });
    answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
    const resumed = controller.resume(1);
    // After these reads the resume has read the job.
    for (let reads = 0; reads < 5; reads += 1) await jobs.get(1);
    cleared.resolve();
    await resumed;
    await finishes();
  });

  it('is followed by a resume that came during the pause', async () => {
    const responses = holdResponses();
    await controller.start(ACCOUNT, codes(10));
    await sends(6);
    const paused = await request(() => controller.pause('user', () => true));
    const resumed = controller.resume(1);
    responses.release();
    await Promise.all([paused.done, resumed]);
    await finishes();
    expect(finished[0]?.counts.cancelled).toBe(10);
  });
});

describe('the end of a job', () => {
  it('leaves codes that were not sent as they are', async () => {
    const responses = holdResponses();
    await controller.start(ACCOUNT, codes(40));
    await sends(6);
    const ended = await request(() => controller.stop(1));
    responses.release();
    await ended.done;
    expect(finished[0]).toMatchObject({
      job: { state: { kind: 'ended' } },
      counts: { cancelled: 6, pending: 34 },
    });
    expect(sent).toHaveLength(6);
  });

  it('sends nothing if the job was paused', async () => {
    const responses = holdResponses();
    await controller.start(ACCOUNT, codes(40));
    await sends(6);
    responses.release();
    await controller.pause('user', () => true);
    const before = sent.length;
    await controller.stop(1);
    expect([await stateOf(), sent.length]).toEqual([{ kind: 'ended' }, before]);
  });
});

describe('another worker', () => {
  it('in the same session resumes the job, and first reads the codes in flight', async () => {
    holdResponses();
    await controller.start(ACCOUNT, codes(20));
    await sends(6);
    const before = [...sent];
    sent = [];
    answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
    const read: string[] = [];
    const next = start({
      read: async (_, qrCodeId) => {
        read.push(qrCodeId);
        expect(sent).not.toContain(qrCodeId);
        return { kind: 'answered', code: 0, message: '', payload: { qrCodeId, status: 'CANCELLED' } };
      },
    });
    await next.resumeIfDue();
    await finishes();
    expect(read).toEqual(expect.arrayContaining(before));
    expect(sent.length + read.length).toBe(20);
  });

  it('after a browser restart keeps the job paused until it is resumed', async () => {
    holdResponses();
    await controller.start(ACCOUNT, codes(20));
    await sends(6);
    session = 'second';
    sent = [];
    answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
    const next = start();
    await next.resumeIfDue();
    expect(await stateOf()).toEqual({ kind: 'paused', by: 'restart' });
    expect([sent, alarm]).toEqual([[], false]);
    await next.resume(1);
    await finishes();
  });
});

it('a lock stops the job at once, and it does not resume automatically', async () => {
  const responses = holdResponses();
  await controller.start(ACCOUNT, codes(20));
  await sends(6);
  controller.lock();
  responses.release();
  await expect.poll(stateOf).toEqual({ kind: 'paused', by: 'locked' });
  await controller.resumeIfDue();
  expect(sent).toHaveLength(6);
});

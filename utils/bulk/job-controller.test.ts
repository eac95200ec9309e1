import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnectionProvider } from '../journal/database.ts';
import { systemClock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { Job } from '../model/job.ts';
import type { ResolvedCancel } from '../qr-code/cancel.ts';
import { createJobController, type JobController, type JobControllerDeps } from './job-controller.ts';
import { createJobReader, type JobReader } from './job-reader.ts';
import { type Counts, createJobStore, type JobStore } from './job-store.ts';

const ACCOUNT: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ qrCodeId: `QR${1000 + index}` }));

let jobs: JobStore;
let reader: JobReader;
let desk: JobController;
let sent: string[];
let answer: () => Promise<ResolvedCancel>;
let over: { job: Job; counts: Counts }[];
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
    onFinished: (job, counts) => void over.push({ job, counts }),
    ...change,
  });
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  const open = createConnectionProvider();
  jobs = createJobStore(open, systemClock);
  reader = createJobReader(open);
  sent = [];
  over = [];
  alarm = false;
  session = 'first';
  answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
  desk = start();
});

const stateOf = async () => (await reader.latest())?.state;
const isOver = () => expect.poll(() => over).toHaveLength(1);
const isSent = (count: number) => expect.poll(() => sent).toHaveLength(count);
/** Asks for a stop, and comes back when the one that works on the job has been told. */
async function ask(stop: () => Promise<void>): Promise<{ done: Promise<void> }> {
  const looks = vi.spyOn(jobs, 'open');
  const done = stop();
  await looks.mock.results[0]?.value;
  return { done };
}
/** Answers only when it is let go on. */
function hold() {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  answer = async () => {
    await held;
    return { outcome: { kind: 'cancelled', evidence: 'response' } };
  };
  return { letGo: () => letGo() };
}

describe('a list of codes', () => {
  it('is cancelled, told once, and leaves no alarm behind', async () => {
    expect(await desk.start(ACCOUNT, codes(40))).toEqual({ ok: true, jobId: 1 });
    await isOver();
    expect(sent).toHaveLength(40);
    expect(over[0]).toMatchObject({ job: { state: { kind: 'finished' } }, counts: { cancelled: 40 } });
    expect(alarm).toBe(false);
  });

  it('is refused while another one is under way', async () => {
    const held = hold();
    await desk.start(ACCOUNT, codes(1));
    expect(await desk.start(ACCOUNT, codes(1))).toEqual({ ok: false, reason: 'another-job' });
    held.letGo();
    await isOver();
  });

  it('sets the alarm before it begins', async () => {
    const held = hold();
    await desk.start(ACCOUNT, codes(1));
    await isSent(1);
    expect(alarm).toBe(true);
    held.letGo();
    await isOver();
  });
});

describe('a pause', () => {
  it('answers when what was under way is settled, and holds until it is resumed', async () => {
    const held = hold();
    await desk.start(ACCOUNT, codes(40));
    await isSent(6);
    let answered = false;
    const paused = await ask(() =>
      desk
        .pause('user', () => true)
        .then(() => {
          answered = true;
        }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    held.letGo();
    await paused.done;
    expect(await stateOf()).toEqual({ kind: 'paused', by: 'user' });
    expect([sent.length, alarm]).toEqual([6, false]);
    await desk.resumeIfDue();
    expect(sent).toHaveLength(6);
    await desk.resume(1);
    await isOver();
    expect(new Set(sent).size).toBe(40);
    expect(sent).toHaveLength(40);
  });

  it('pressed again and again with resume in between loses nothing', async () => {
    await desk.start(ACCOUNT, codes(60));
    for (let times = 0; times < 20; times += 1) {
      void desk.pause('user', () => true);
      await desk.resume(1);
    }
    await isOver();
    expect(sent).toHaveLength(60);
  });

  it('by the job itself is followed by a resume that was pressed before its runner had left', async () => {
    const cleared = Promise.withResolvers<void>();
    desk = start({ alarm: { set: async () => undefined, clear: () => cleared.promise } });
    const refusal = { httpStatus: 200, code: 118, message: 'No', currentStatus: 'ACTIVE' };
    answer = async () => ({ outcome: { kind: 'rejected', ...refusal } });
    await desk.start(ACCOUNT, codes(30));
    await expect.poll(stateOf).toMatchObject({ kind: 'paused', by: 'refused' });
    answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
    const resumed = desk.resume(1);
    // The resume has looked at the job by then.
    for (let looks = 0; looks < 5; looks += 1) await jobs.get(1);
    cleared.resolve();
    await resumed;
    await isOver();
  });

  it('is followed by a resume that was pressed while it was still under way', async () => {
    const held = hold();
    await desk.start(ACCOUNT, codes(10));
    await isSent(6);
    const paused = await ask(() => desk.pause('user', () => true));
    const resumed = desk.resume(1);
    held.letGo();
    await Promise.all([paused.done, resumed]);
    await isOver();
    expect(over[0]?.counts.cancelled).toBe(10);
  });
});

describe('an end', () => {
  it('leaves what was not begun as it is', async () => {
    const held = hold();
    await desk.start(ACCOUNT, codes(40));
    await isSent(6);
    const ended = await ask(() => desk.stop(1));
    held.letGo();
    await ended.done;
    expect(over[0]).toMatchObject({
      job: { state: { kind: 'ended' } },
      counts: { cancelled: 6, pending: 34 },
    });
    expect(sent).toHaveLength(6);
  });

  it('of a paused job sends nothing more', async () => {
    const held = hold();
    await desk.start(ACCOUNT, codes(40));
    await isSent(6);
    held.letGo();
    await desk.pause('user', () => true);
    const before = sent.length;
    await desk.stop(1);
    expect([await stateOf(), sent.length]).toEqual([{ kind: 'ended' }, before]);
  });
});

describe('another worker', () => {
  it('in the same session takes the job up, and reads first what was being sent', async () => {
    hold();
    await desk.start(ACCOUNT, codes(20));
    await isSent(6);
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
    await isOver();
    expect(read).toEqual(expect.arrayContaining(before));
    expect(sent.length + read.length).toBe(20);
  });

  it('after a restart of the browser waits to be asked', async () => {
    hold();
    await desk.start(ACCOUNT, codes(20));
    await isSent(6);
    session = 'second';
    sent = [];
    answer = async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } });
    const next = start();
    await next.resumeIfDue();
    expect(await stateOf()).toEqual({ kind: 'paused', by: 'restart' });
    expect([sent, alarm]).toEqual([[], false]);
    await next.resume(1);
    await isOver();
  });
});

it('locked keys stop it at once, and it does not go on by itself', async () => {
  const held = hold();
  await desk.start(ACCOUNT, codes(20));
  await isSent(6);
  desk.lock();
  held.letGo();
  await expect.poll(stateOf).toEqual({ kind: 'paused', by: 'locked' });
  await desk.resumeIfDue();
  expect(sent).toHaveLength(6);
});

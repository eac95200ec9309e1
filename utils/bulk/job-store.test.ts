import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { createConnectionProvider } from '../journal/database.ts';
import type { Outcome } from '../model/outcome.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore, JobInProgressError, type JobStore, LeaseLostError } from './job-store.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const CANCELLED: Outcome = { kind: 'cancelled', evidence: 'response' };
const LOST: Outcome = { kind: 'unconfirmed', reason: 'timeout' };
const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    qrCodeId: `QR${1000 + index}`,
    qrName: 'Counter',
    amount: 500,
  }));

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

async function begin(count: number) {
  const { jobId } = await jobs.create(ACCOUNT, codes(count), 'session');
  const { lease } = await jobs.acquireLease(jobId, 'session');
  return { jobId, lease };
}
const kinds = async (jobId: number) => (await reader.items(jobId)).map(({ state }) => state.kind);

describe('a job', () => {
  it('is written with all its codes, in their order', async () => {
    const { jobId } = await jobs.create(ACCOUNT, codes(3), 'session');
    expect(await reader.items(jobId)).toMatchObject([
      {
        position: 1,
        qrCodeId: 'QR1000',
        qrName: 'Counter',
        amount: 500,
        state: { kind: 'pending' },
        sendings: 0,
      },
      { position: 2, qrCodeId: 'QR1001' },
      { position: 3, qrCodeId: 'QR1002' },
    ]);
    expect(await jobs.open()).toMatchObject({
      jobId,
      total: 3,
      account: ACCOUNT,
      state: { kind: 'running' },
    });
  });

  it('is not made while another one is under way', async () => {
    await jobs.create(ACCOUNT, codes(1), 'session');
    await expect(jobs.create(ACCOUNT, codes(1), 'session')).rejects.toThrow(JobInProgressError);
  });

  it('keeps nothing of the customer', async () => {
    const code = { qrCodeId: 'QR1', qrName: 'N', customerName: 'Asha', customerMobile: '9' };
    const { jobId } = await jobs.create(ACCOUNT, [code], 'session');
    expect(JSON.stringify(await reader.items(jobId))).not.toContain('Asha');
  });
});

describe('a runner', () => {
  it('has on disk what it is about to send', async () => {
    const { jobId, lease } = await begin(5);
    const { claimed } = await jobs.commit(lease, { claim: 2 });
    expect(claimed.map(({ qrCodeId, sendings }) => [qrCodeId, sendings])).toEqual([
      ['QR1000', 1],
      ['QR1001', 1],
    ]);
    expect(await kinds(jobId)).toEqual(['in-flight', 'in-flight', 'pending', 'pending', 'pending']);
  });

  it('after failures claims first what was never sent', async () => {
    const { lease } = await begin(4);
    await jobs.commit(lease, { claim: 2 });
    const waiting = (number: number) =>
      ({ number, state: { kind: 'retry-scheduled', retryAt: 0, fallbackOutcome: LOST } }) as const;
    await jobs.commit(lease, { changes: [waiting(1), waiting(2)] });
    const first = await jobs.commit(lease, { claim: 3, pendingFirst: true });
    expect(first.claimed.map(({ position }) => position)).toEqual([3, 4, 1]);
    const then = await jobs.commit(lease, { claim: 3 });
    expect(then.claimed.map(({ position }) => position)).toEqual([2]);
  });

  it('keeps how often an item could not be read', async () => {
    const { jobId, lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, {
      changes: [{ number: 1, state: { kind: 'unresolved', fallbackOutcome: LOST } }],
    });
    await jobs.commit(lease, {
      changes: [{ number: 1, state: { kind: 'unresolved', fallbackOutcome: LOST, reads: 3 } }],
      state: { kind: 'paused', by: 'user' },
    });
    const { unknown } = await jobs.acquireLease(jobId, 'session');
    expect(unknown).toMatchObject([{ position: 1, state: { kind: 'unresolved', reads: 3 } }]);
  });

  it('writes results, claims more and the history in one go', async () => {
    const { jobId, lease } = await begin(3);
    await jobs.commit(lease, { claim: 2 });
    clock.at = 2_000;
    const { claimed } = await jobs.commit(lease, { changes: [{ number: 1, state: CANCELLED }], claim: 1 });
    expect(claimed.map(({ position }) => position)).toEqual([3]);
    expect(await kinds(jobId)).toEqual(['cancelled', 'in-flight', 'in-flight']);
    const attempts = await createAttemptStore(open, clock).findLatest(9);
    expect(attempts).toMatchObject([
      { qrCodeId: 'QR1000', jobId, at: 1_000, finishedAt: 2_000, sendCount: 1, outcome: CANCELLED },
    ]);
  });

  it('writes into the history who confirmed the job', async () => {
    let named: { operator?: string } = { operator: 'Asha' };
    jobs = createJobStore(open, clock, async () => named);
    const { lease } = await begin(1);
    named = { operator: 'Ravi' };
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, { changes: [{ number: 1, state: CANCELLED }] });
    expect(await createAttemptStore(open, clock).findLatest(9)).toMatchObject([{ operator: 'Asha' }]);
  });

  it('writes nothing at all where one change is not legal', async () => {
    const { jobId, lease } = await begin(2);
    await jobs.commit(lease, { claim: 1 });
    const changes = [
      { number: 1, state: CANCELLED },
      { number: 2, state: CANCELLED },
    ];
    await expect(jobs.commit(lease, { changes })).rejects.toThrow('from pending to cancelled');
    expect(await kinds(jobId)).toEqual(['in-flight', 'pending']);
    expect(await createAttemptStore(open, clock).findLatest(9)).toEqual([]);
  });

  it('never changes what is settled', async () => {
    const { lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, { changes: [{ number: 1, state: CANCELLED }] });
    await expect(jobs.commit(lease, { changes: [{ number: 1, state: LOST }] })).rejects.toThrow(
      'from cancelled',
    );
  });

  it('that was replaced can not write any more, and what it was sending is not known', async () => {
    const { jobId, lease } = await begin(2);
    await jobs.commit(lease, { claim: 1 });
    const { unknown, unfinished, lease: next } = await jobs.acquireLease(jobId, 'session');
    expect(unknown).toMatchObject([{ position: 1, sendings: 1, state: { kind: 'unresolved' } }]);
    expect(unfinished).toBe(2);
    await expect(jobs.commit(lease, { changes: [{ number: 1, state: CANCELLED }] })).rejects.toThrow(
      LeaseLostError,
    );
    await expect(jobs.recordResend(lease, 1)).rejects.toThrow(LeaseLostError);
    await expect(jobs.recordResend(next, 1)).rejects.toThrow(LeaseLostError);
  });

  it('counts a further sending before it leaves', async () => {
    const { jobId, lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.recordResend(lease, 1);
    expect((await jobs.item(jobId, 1))?.sendings).toBe(2);
  });

  it('claims what has waited long enough first, and says when the next one has', async () => {
    const { lease } = await begin(3);
    await jobs.commit(lease, { claim: 2 });
    const wait = (number: number, retryAt: number) => ({
      number,
      state: { kind: 'retry-scheduled', retryAt, fallbackOutcome: LOST } as const,
    });
    const { claimed, nextDue } = await jobs.commit(lease, {
      changes: [wait(1, 5_000), wait(2, 1_000)],
      claim: 2,
    });
    expect(claimed).toMatchObject([
      { position: 2, sendings: 2, state: { kind: 'in-flight', fallbackOutcome: LOST } },
      { position: 3, sendings: 1 },
    ]);
    expect(nextDue).toBe(5_000);
  });

  it('gives back what has not left', async () => {
    const { jobId, lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, { changes: [{ number: 1, state: { kind: 'pending' }, revertSend: true }] });
    expect(await jobs.item(jobId, 1)).toMatchObject({ state: { kind: 'pending' }, sendings: 0 });
  });
});

describe('the end', () => {
  it('is not finished while a code is not settled', async () => {
    const { jobId, lease } = await begin(1);
    await expect(jobs.commit(lease, { state: { kind: 'finished' } })).rejects.toThrow('unfinished');
    expect((await jobs.get(jobId))?.state).toEqual({ kind: 'running' });
  });

  it('of a job that is ended leaves what was never begun, and settles what waits by what is known', async () => {
    const { jobId, lease } = await begin(3);
    await jobs.commit(lease, { claim: 2 });
    const changes = [
      { number: 1, state: { kind: 'retry-scheduled', retryAt: 9_000, fallbackOutcome: LOST } as const },
      { number: 2, state: { kind: 'unresolved', fallbackOutcome: LOST } as const },
    ];
    await jobs.commit(lease, { changes, state: { kind: 'ended' } });
    expect(await kinds(jobId)).toEqual(['unconfirmed', 'unconfirmed', 'pending']);
    expect(await jobs.open()).toBeUndefined();
    expect(await jobs.get(jobId)).toMatchObject({ state: { kind: 'ended' }, finishedAt: 1_000 });
    expect(await jobs.counts(jobId)).toMatchObject({ unconfirmed: 2, pending: 1, cancelled: 0 });
    await expect(jobs.commit(lease, {})).rejects.toThrow(LeaseLostError);
  });

  it('leaves room for a later check, beside the outcome', async () => {
    const { jobId, lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.recordRecheck(jobId, 1, 'CANCELLED');
    expect((await jobs.item(jobId, 1))?.recheck).toBeUndefined();
    await jobs.commit(lease, { changes: [{ number: 1, state: LOST }], state: { kind: 'finished' } });
    await jobs.recordRecheck(jobId, 1, 'CANCELLED');
    expect(await jobs.item(jobId, 1)).toMatchObject({
      state: LOST,
      recheck: { status: 'CANCELLED', at: 1_000 },
    });
  });
});

it('counts many items, and reads those that changed', async () => {
  const { jobId, lease } = await begin(2_500);
  const { revision } = (await jobs.get(jobId)) ?? { revision: 0 };
  await jobs.commit(lease, { claim: 7 });
  expect(await jobs.counts(jobId)).toMatchObject({ pending: 2_493, 'in-flight': 7 });
  expect((await reader.items(jobId, revision)).map(({ position }) => position)).toEqual([
    1, 2, 3, 4, 5, 6, 7,
  ]);
});

it('erases jobs that are over, and all of them where everything is to go', async () => {
  const first = await begin(1);
  await jobs.commit(first.lease, { state: { kind: 'ended' } });
  const second = await begin(1);
  await jobs.deleteJobs('over');
  expect([await jobs.get(first.jobId), await reader.items(first.jobId)]).toEqual([undefined, []]);
  expect(await reader.items(second.jobId)).toHaveLength(1);
  await jobs.deleteJobs('all');
  expect(await reader.latest()).toBeUndefined();
});

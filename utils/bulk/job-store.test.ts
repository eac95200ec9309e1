import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { createConnectionProvider } from '../journal/database.ts';
import type { Outcome } from '../model/outcome.ts';
import { JobInProgressError } from './job-creation.ts';
import { LeaseLostError } from './job-lease.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore, type JobStore } from './job-store.ts';

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
  it('is written with all its codes in order', async () => {
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

  it('is not created while another one is open', async () => {
    await jobs.create(ACCOUNT, codes(1), 'session');
    await expect(jobs.create(ACCOUNT, codes(1), 'session')).rejects.toThrow(JobInProgressError);
  });

  it('stores no customer data', async () => {
    const code = { qrCodeId: 'QR1', qrName: 'N', customerName: 'Asha', customerMobile: '9' };
    const { jobId } = await jobs.create(ACCOUNT, [code], 'session');
    expect(JSON.stringify(await reader.items(jobId))).not.toContain('Asha');
  });
});

describe('a runner', () => {
  it('claims items as in flight before it sends them', async () => {
    const { jobId, lease } = await begin(5);
    const { claimed } = await jobs.commit(lease, { claim: 2 });
    expect(claimed.map(({ qrCodeId, sendings }) => [qrCodeId, sendings])).toEqual([
      ['QR1000', 1],
      ['QR1001', 1],
    ]);
    expect(await kinds(jobId)).toEqual(['in-flight', 'in-flight', 'pending', 'pending', 'pending']);
  });

  it('claims items that were never sent first after failures', async () => {
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

  it('stores the number of failed reads of an item', async () => {
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

  it('writes results, a claim and the history in one transaction', async () => {
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

  it('records in the history the operator who confirmed the job', async () => {
    let named: { operator?: string } = { operator: 'Asha' };
    jobs = createJobStore(open, clock, async () => named);
    const { lease } = await begin(1);
    named = { operator: 'Ravi' };
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, { changes: [{ number: 1, state: CANCELLED }] });
    expect(await createAttemptStore(open, clock).findLatest(9)).toMatchObject([{ operator: 'Asha' }]);
  });

  it('writes nothing if one transition is not allowed', async () => {
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

  it('never changes an item in a final state', async () => {
    const { lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, { changes: [{ number: 1, state: CANCELLED }] });
    await expect(jobs.commit(lease, { changes: [{ number: 1, state: LOST }] })).rejects.toThrow(
      'from cancelled',
    );
  });

  it('that was replaced can’t write, and its items in flight become unresolved', async () => {
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

  it('counts a resend before it leaves', async () => {
    const { jobId, lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.recordResend(lease, 1);
    expect((await jobs.item(jobId, 1))?.sendings).toBe(2);
  });

  it('claims due retries first, and returns when the next one is due', async () => {
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

  it('returns items that were not sent', async () => {
    const { jobId, lease } = await begin(1);
    await jobs.commit(lease, { claim: 1 });
    await jobs.commit(lease, { changes: [{ number: 1, state: { kind: 'pending' }, revertSend: true }] });
    expect(await jobs.item(jobId, 1)).toMatchObject({ state: { kind: 'pending' }, sendings: 0 });
  });
});

describe('the end of a job', () => {
  it('is refused as finished while an item is open', async () => {
    const { jobId, lease } = await begin(1);
    await expect(jobs.commit(lease, { state: { kind: 'finished' } })).rejects.toThrow('open items remain');
    expect((await jobs.get(jobId))?.state).toEqual({ kind: 'running' });
  });

  it('leaves items that were never sent, and gives the other open ones their fallback outcome', async () => {
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

  it('counts a refused item whose status was not read as not confirmed', async () => {
    const { jobId, lease } = await begin(2);
    await jobs.commit(lease, { claim: 2 });
    const refused = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' } as const;
    const changes = [
      { number: 1, state: { kind: 'unresolved', fallbackOutcome: refused } as const },
      { number: 2, state: { ...refused, currentStatus: 'ACTIVE' } },
    ];
    await jobs.commit(lease, { changes, state: { kind: 'ended' } });
    expect(await jobs.counts(jobId)).toMatchObject({ unconfirmed: 1, rejected: 1 });
  });

  it('allows a later check, which does not change the outcome', async () => {
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

it('counts many items, and reads only those that changed', async () => {
  const { jobId, lease } = await begin(2_500);
  const { revision } = (await jobs.get(jobId)) ?? { revision: 0 };
  await jobs.commit(lease, { claim: 7 });
  expect(await jobs.counts(jobId)).toMatchObject({ pending: 2_493, 'in-flight': 7 });
  expect((await reader.items(jobId, revision)).map(({ position }) => position)).toEqual([
    1, 2, 3, 4, 5, 6, 7,
  ]);
});

it('deletes the jobs that are over, or all jobs', async () => {
  const first = await begin(1);
  await jobs.commit(first.lease, { state: { kind: 'ended' } });
  const second = await begin(1);
  await jobs.deleteJobs('over');
  expect([await jobs.get(first.jobId), await reader.items(first.jobId)]).toEqual([undefined, []]);
  expect(await reader.items(second.jobId)).toHaveLength(1);
  await jobs.deleteJobs('all');
  expect(await reader.latest()).toBeUndefined();
});

import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionProvider } from '../journal/database.ts';
import type { PreparedPart } from '../model/job.ts';
import { JobInProgressError, NotPreparedError } from './job-creation.ts';
import { LeaseLostError } from './job-lease.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore, type JobStore } from './job-store.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const OTHER = { ...ACCOUNT, id: 'a2' };
const codes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ qrCodeId: `QR${1000 + from + index}` }));

let open: ReturnType<typeof createConnectionProvider>;
let jobs: JobStore;
let reader: ReturnType<typeof createJobReader>;
const clock = { at: 1_000, now: () => clock.at, sleep: async () => undefined };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  clock.at = 1_000;
  open = createConnectionProvider();
  jobs = createJobStore(open, clock);
  reader = createJobReader(open);
});

/** Writes the codes 1 to 4 of a list of 6. */
async function prepare(): Promise<number> {
  const jobId = await jobs.prepare({ account: ACCOUNT, total: 6, codes: codes(1, 2) });
  await jobs.prepare({ account: ACCOUNT, total: 6, codes: codes(3, 4), prepared: { jobId, count: 2 } });
  return jobId;
}
const confirm = (prepared: PreparedPart, last = codes(5, 6), account = ACCOUNT) =>
  jobs.create(account, last, 'session', { reason: 'Season over', prepared });
const idsOf = async (jobId: number) => (await reader.items(jobId)).map(({ qrCodeId }) => qrCodeId);
const stateOf = async (jobId: number) => (await jobs.get(jobId))?.state.kind;

describe('a job in preparation', () => {
  it('becomes the confirmed job, with all its codes in order', async () => {
    const jobId = await prepare();
    clock.at = 9_000;
    const job = await confirm({ jobId, count: 4 });
    expect(job).toMatchObject({
      jobId,
      at: 9_000,
      total: 6,
      reason: 'Season over',
      state: { kind: 'running' },
    });
    expect(await idsOf(jobId)).toEqual(codes(1, 6).map(({ qrCodeId }) => qrCodeId));
    expect(await jobs.open()).toEqual(job);
  });

  it('becomes a planned job', async () => {
    const jobId = await prepare();
    const planned = { at: 5_000, wall: '2030-01-01T00:00', zone: 'UTC' };
    await jobs.create(ACCOUNT, codes(5, 6), 'session', { planned, prepared: { jobId, count: 4 } });
    expect(await jobs.waiting()).toMatchObject([{ jobId, total: 6, planned }]);
  });

  it('is not shown, does not wait, runs nowhere, and stands in the way of no other job', async () => {
    const jobId = await prepare();
    expect([await reader.latest(), await jobs.open()]).toEqual([undefined, undefined]);
    expect([await jobs.waiting(), await reader.planned()]).toEqual([[], []]);
    await expect(jobs.acquireLease(jobId, 'session')).rejects.toThrow(LeaseLostError);
    await expect(jobs.commit({ jobId, epoch: 0 }, { claim: 5 })).rejects.toThrow(LeaseLostError);
    expect(await jobs.changeWaiting(jobId, 'session', () => ({ kind: 'running' }))).toBeUndefined();
    await jobs.deleteJobs('over');
    expect(await stateOf(jobId)).toBe('preparing');
    expect(await jobs.create(OTHER, codes(1, 1), 'session')).toMatchObject({ state: { kind: 'running' } });
  });

  it('is not confirmed while another job is open', async () => {
    const jobId = await prepare();
    await jobs.create(ACCOUNT, codes(9, 9), 'session');
    await expect(confirm({ jobId, count: 4 })).rejects.toThrow(JobInProgressError);
    expect(await stateOf(jobId)).toBe('preparing');
    expect(await idsOf(jobId)).toHaveLength(4);
  });

  it.each([
    ['a part is missing', 3, codes(4, 6).slice(1), ACCOUNT],
    ['the count is another', 4, codes(5, 5), ACCOUNT],
    ['it is of another account', 4, codes(5, 6), OTHER],
  ])('is not confirmed if %s', async (_, count, last, account) => {
    const jobId = await prepare();
    await expect(confirm({ jobId, count }, last, account as typeof ACCOUNT)).rejects.toThrow(
      NotPreparedError,
    );
    expect(await stateOf(jobId)).toBe('preparing');
  });

  it('with a gap is not confirmed, although the last code is written', async () => {
    const jobId = await jobs.prepare({ account: ACCOUNT, total: 6, codes: codes(1, 2) });
    await jobs.prepare({ account: ACCOUNT, total: 6, codes: codes(4, 4), prepared: { jobId, count: 3 } });
    await expect(confirm({ jobId, count: 4 })).rejects.toThrow(NotPreparedError);
  });

  it('takes no part beyond its end', async () => {
    const jobId = await prepare();
    const beyond = { account: ACCOUNT, total: 6, codes: codes(5, 7), prepared: { jobId, count: 4 } };
    await expect(jobs.prepare(beyond)).rejects.toThrow(NotPreparedError);
    expect(await idsOf(jobId)).toHaveLength(4);
  });

  it('is confirmed once: the second time returns the same job, as it is by then', async () => {
    const jobId = await prepare();
    await confirm({ jobId, count: 4 });
    const { lease } = await jobs.acquireLease(jobId, 'session');
    await jobs.commit(lease, { claim: 3 });
    expect(await confirm({ jobId, count: 4 })).toMatchObject({ jobId, epoch: 1 });
    expect((await reader.items(jobId)).filter(({ open: kind }) => kind === 'in-flight')).toHaveLength(3);
  });

  it('takes no part after the confirmation', async () => {
    const jobId = await prepare();
    await confirm({ jobId, count: 4 });
    const late = { account: ACCOUNT, total: 6, codes: codes(3, 4), prepared: { jobId, count: 2 } };
    await expect(jobs.prepare(late)).rejects.toThrow(NotPreparedError);
  });

  it('is replaced by the next one, and then takes nothing more', async () => {
    const jobId = await prepare();
    const next = await jobs.prepare({ account: ACCOUNT, total: 4, codes: codes(1, 2) });
    expect([await stateOf(jobId), await stateOf(next)]).toEqual([undefined, 'preparing']);
    await expect(confirm({ jobId, count: 4 })).rejects.toThrow(NotPreparedError);
    expect([await idsOf(jobId), (await idsOf(next)).length]).toEqual([[], 2]);
  });

  it('is dropped alone', async () => {
    const { jobId: running } = await jobs.create(ACCOUNT, codes(9, 9), 'session');
    const jobId = await prepare();
    await jobs.dropPrepared(running);
    expect(await stateOf(jobId)).toBe('preparing');
    await jobs.dropPrepared(jobId);
    expect([await stateOf(jobId), await stateOf(running)]).toEqual([undefined, 'running']);
    expect(await idsOf(jobId)).toEqual([]);
  });

  it('is deleted by the next worker, before or after a message of its page arrives', async () => {
    for (const startsFirst of [true, false]) {
      const jobId = await prepare();
      jobs = createJobStore(open, clock);
      if (startsFirst) await jobs.dropPrepared();
      const part = { account: ACCOUNT, total: 6, codes: codes(3, 4), prepared: { jobId, count: 2 } };
      await expect(jobs.prepare(part)).rejects.toThrow(NotPreparedError);
      await expect(confirm({ jobId, count: 4 })).rejects.toThrow(NotPreparedError);
      expect([await stateOf(jobId), await idsOf(jobId)]).toEqual([undefined, []]);
    }
  });

  it('stays when its own worker looks for those of earlier ones again', async () => {
    const jobId = await prepare();
    await jobs.dropPrepared();
    expect(await confirm({ jobId, count: 4 })).toMatchObject({ state: { kind: 'running' } });
  });
});

it('the report is that of a prepared job, although one with a higher number ended before its confirmation', async () => {
  const jobId = await prepare();
  const other = await jobs.create(ACCOUNT, codes(9, 9), 'session');
  const endOf = async (id: number) => {
    clock.at += 1_000;
    const { lease } = await jobs.acquireLease(id, 'session');
    await jobs.commit(lease, { state: { kind: 'ended' } });
  };
  await endOf(other.jobId);
  await confirm({ jobId, count: 4 });
  await endOf(jobId);
  expect(await reader.latest()).toMatchObject({ jobId });
});

import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createJobScheduler } from '../../../utils/bulk/job-scheduler.ts';
import { createJobStore } from '../../../utils/bulk/job-store.ts';
import { createConnectionProvider } from '../../../utils/journal/database.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { systemLocalTime } from '../../../utils/lib/local-time.ts';
import { DEFAULT_POLICY, type Policy } from '../../../utils/settings/policy.ts';
import type { Services } from '../services.ts';
import { createMessageHandlers } from './handlers.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const CODES = [{ qrCodeId: 'QR26DU7U9NREWU' }, { qrCodeId: 'QR26DU7U9NREWV' }];
const HOUR_MS = 3_600_000;
const zone = systemLocalTime.zone();
const inHours = (hours: number) => ({ wall: systemLocalTime.wallAt(Date.now() + hours * HOUR_MS), zone });

beforeEach(() => {
  fakeBrowser.reset();
  globalThis.indexedDB = new IDBFactory();
});

function createTest() {
  const machine = { locked: false, policy: DEFAULT_POLICY as Policy, hasAccount: true };
  const jobs = createJobStore(createConnectionProvider(), systemClock);
  const controller = { resume: vi.fn(async () => undefined), stop: vi.fn(async () => undefined) };
  const alarms: number[] = [];
  const planned = createJobScheduler({
    jobs,
    controller,
    clock: { ...systemClock, sleep: () => new Promise(() => undefined) },
    local: systemLocalTime,
    monotonic: () => performance.now(),
    findRefusal: async () => (machine.locked ? 'locked' : undefined),
    tell: async () => undefined,
    alarm: { set: async (at) => void alarms.push(at), clear: async () => undefined },
    keepAlive: (work) => work,
    browserSession: async () => 'session',
    onChange: () => undefined,
  });
  const services = {
    jobs,
    planned,
    bulk: { start: vi.fn() },
    accounts: { find: async (id: string) => (machine.hasAccount && id === 'a1' ? ACCOUNT : undefined) },
    readPolicy: async () => machine.policy,
    vault: { state: async () => ({ status: machine.locked ? 'locked' : 'open' }) },
  } as unknown as Services;
  return { ...createMessageHandlers(services), machine, jobs, controller, alarms, services };
}

describe('a job for a time', () => {
  it('is written, waits, and is found by its codes', async () => {
    const { startJob, getScheduledJobs, getPlannedFor, services } = createTest();
    const at = inHours(2);
    const details = { reason: 'Season over', column: 'QR', startedBy: 'popup' } as const;
    const started = await startJob({ accountId: 'a1', codes: CODES, at, ...details });
    expect(started).toEqual({ ok: true, jobId: 1 });
    const job = {
      jobId: 1,
      confirmedAt: expect.any(Number),
      account: ACCOUNT,
      total: 2,
      reason: 'Season over',
      state: { kind: 'scheduled', at: systemLocalTime.instantOf(at.wall), ...at },
      dueAt: systemLocalTime.instantOf(at.wall),
    };
    expect(await getScheduledJobs({})).toEqual([job]);
    expect(await getPlannedFor({ accountId: 'a1', qrCodeId: 'QR26DU7U9NREWV' })).toEqual([job]);
    expect(await getPlannedFor({ accountId: 'a2', qrCodeId: 'QR26DU7U9NREWV' })).toEqual([]);
    expect(await getPlannedFor({ accountId: 'a1', qrCodeId: 'QR26DU7U9NREWX' })).toEqual([]);
    expect(services.bulk.start).not.toHaveBeenCalled();
  });

  it('is refused like a job that starts at once, and for a time that is past or of another zone', async () => {
    const { startJob, machine, getScheduledJobs } = createTest();
    const start = (at = inHours(2)) => startJob({ accountId: 'a1', codes: CODES, at });
    expect(await start(inHours(-1))).toEqual({ ok: false, problem: { code: 'past' } });
    expect(await start({ ...inHours(2), zone: 'Mars/Olympus' })).toEqual({
      ok: false,
      problem: { code: 'zone-changed', zone },
    });
    machine.locked = true;
    expect(await start()).toEqual({ ok: false, problem: { code: 'locked' } });
    machine.policy = { ...DEFAULT_POLICY, requireReason: true };
    expect(await start()).toEqual({ ok: false, problem: { code: 'no-reason' } });
    machine.policy = { ...DEFAULT_POLICY, maxJobSize: 1 };
    expect(await start()).toEqual({ ok: false, problem: { code: 'too-many', limit: 1 } });
    machine.policy = { ...DEFAULT_POLICY, environments: ['LIVE'] };
    expect(await start()).toEqual({ ok: false, problem: { code: 'forbidden' } });
    machine.hasAccount = false;
    expect(await start()).toEqual({ ok: false, problem: { code: 'no-account' } });
    expect(await getScheduledJobs({})).toEqual([]);
  });

  it('with a wait is due after it', async () => {
    const { startJob, getScheduledJobs } = createTest();
    const before = Date.now();
    await startJob({ accountId: 'a1', codes: CODES, waitSeconds: 10 });
    const [job] = await getScheduledJobs({});
    expect(job?.state).toMatchObject({ kind: 'scheduled', waitSeconds: 10 });
    expect(job?.dueAt).toBeGreaterThanOrEqual(before + 10_000);
  });

  it('without a wait starts at once', async () => {
    const { startJob, services } = createTest();
    vi.mocked(services.bulk.start).mockResolvedValue(9);
    expect(await startJob({ accountId: 'a1', codes: CODES, waitSeconds: 0 })).toEqual({ ok: true, jobId: 9 });
  });

  it('gets another time, and keeps its own if that one is past', async () => {
    const { startJob, rescheduleJob, getScheduledJobs } = createTest();
    await startJob({ accountId: 'a1', codes: CODES, at: inHours(2) });
    expect(await rescheduleJob({ jobId: 1, at: inHours(-1) })).toEqual({
      ok: false,
      problem: { code: 'past' },
    });
    const at = inHours(5);
    expect(await rescheduleJob({ jobId: 1, at })).toEqual({ ok: true, jobId: 1 });
    expect(await getScheduledJobs({})).toMatchObject([{ state: { kind: 'scheduled', ...at } }]);
    expect(await rescheduleJob({ jobId: 2, at })).toEqual({ ok: false, problem: { code: 'not-waiting' } });
  });

  it('is dropped once, and not found any more', async () => {
    const { startJob, dropJob, getScheduledJobs, controller, jobs } = createTest();
    await startJob({ accountId: 'a1', codes: CODES, at: inHours(2) });
    expect(await dropJob({ jobId: 1 })).toEqual({ dropped: true });
    expect(controller.stop).not.toHaveBeenCalled();
    expect(await getScheduledJobs({})).toEqual([]);
    expect((await jobs.get(1))?.state).toEqual({ kind: 'ended' });
    expect(await dropJob({ jobId: 1 })).toEqual({ dropped: false });
  });

  it('is dropped before anything else is written', async () => {
    const { startJob, dropJob, services, jobs } = createTest();
    await startJob({ accountId: 'a1', codes: CODES, waitSeconds: 10 });
    const steps: string[] = [];
    const drop = services.planned.drop;
    vi.spyOn(jobs, 'dropPrepared').mockImplementation(async () => void steps.push('dropPrepared'));
    vi.spyOn(services.planned, 'drop').mockImplementation((jobId) => {
      steps.push('drop');
      return drop(jobId);
    });
    expect(await dropJob({ jobId: 1 })).toEqual({ dropped: true });
    expect(steps).toEqual(['drop']);
  });

  it('runs now; if it was dropped too late, it is stopped', async () => {
    const { startJob, runJobNow, dropJob, controller } = createTest();
    await startJob({ accountId: 'a1', codes: CODES, at: inHours(2) });
    expect(await runJobNow({ jobId: 1 })).toEqual({ ok: true, jobId: 1 });
    expect(controller.resume).toHaveBeenCalledExactlyOnceWith(1);
    expect(await runJobNow({ jobId: 1 })).toEqual({ ok: false, problem: { code: 'not-waiting' } });
    expect(await dropJob({ jobId: 1 })).toEqual({ dropped: false });
    expect(controller.stop).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('does not run now if the keys are locked or another job is open', async () => {
    const { startJob, runJobNow, machine, controller, getScheduledJobs } = createTest();
    await startJob({ accountId: 'a1', codes: CODES, at: inHours(2) });
    await startJob({ accountId: 'a1', codes: CODES, at: inHours(3) });
    machine.locked = true;
    expect(await runJobNow({ jobId: 1 })).toEqual({ ok: false, problem: { code: 'locked' } });
    machine.locked = false;
    await runJobNow({ jobId: 1 });
    expect(await runJobNow({ jobId: 2 })).toEqual({ ok: false, problem: { code: 'another-job' } });
    expect(controller.resume).toHaveBeenCalledExactlyOnceWith(1);
    expect(await getScheduledJobs({})).toMatchObject([{ jobId: 2, state: { kind: 'scheduled' } }]);
  });
});

import type { JobController } from '../../../utils/bulk/job-controller.ts';
import { createJobScheduler, type JobScheduler } from '../../../utils/bulk/job-scheduler.ts';
import type { JobStore } from '../../../utils/bulk/job-store.ts';
import { isFinalJob, isWaitingJob, type Job, type JobState, noticeOf } from '../../../utils/model/job.ts';
import { changeOnDisk, openJobOf, type ScheduleWorld, type WorkerLife, writeJob } from './world.ts';

const SEND_MS = 400;
const MINUTE_MS = 60_000;

type Call<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;
type Killable = <Args extends unknown[], Result>(call: Call<Args, Result>) => Call<Args, Result>;

/** Starts the browser, and with it the worker. */
export function startBrowser(world: ScheduleWorld): void {
  world.open = true;
  world.session += 1;
  // The earlier worker ended with its browser, and so did its alarm.
  world.alarmAt = undefined;
  startWorker(world);
}

export function closeBrowser(world: ScheduleWorld): void {
  world.open = false;
  world.worker.dead = true;
  world.alarmAt = undefined;
}

/** Returns the scheduler of the worker that lives, which an event starts if there is none. */
export function wakeWorker(world: ScheduleWorld): JobScheduler | undefined {
  if (!world.open) return undefined;
  if (world.worker.dead) startWorker(world);
  return world.scheduler;
}

function startWorker(world: ScheduleWorld): void {
  const life: WorkerLife = { dead: false };
  world.worker = life;
  const killable = makeKillable(world, life);
  const controller = createController(world, killable);
  const { jobs } = createStore(world, killable);
  world.scheduler = createJobScheduler({
    jobs,
    controller,
    clock: { now: world.clock.now, sleep: killable(world.clock.sleep) },
    local: world.local,
    monotonic: world.clock.monotonic,
    findRefusal: killable(async () => world.refusal ?? (world.locked ? 'locked' : undefined)),
    tell: killable(async (job: Job) => {
      world.told.add(`${job.jobId} ${noticeOf(job)}`);
    }),
    alarm: {
      // The browser has the call before the worker can be stopped.
      set(at: number) {
        if (!life.dead) setAlarm(world, at);
        return killable(async () => undefined)();
      },
      clear: killable(async () => {
        world.alarmAt = undefined;
      }),
    },
    keepAlive: (work) => work,
    browserSession: killable(async () => `session ${world.session}`),
    onChange: () => undefined,
  });
  void controller.resumeIfDue();
  void world.scheduler.startDue();
}

/** Lets the scenario kill the worker before or after each call. The next one starts with the next event. */
function makeKillable(world: ScheduleWorld, life: WorkerLife): Killable {
  const never = new Promise<never>(() => undefined);
  const isDead = () => {
    world.awaits += 1;
    if (!life.dead && world.scenario.deaths.includes(world.awaits)) life.dead = true;
    return life.dead;
  };
  return (call) =>
    async (...args) => {
      if (isDead()) return never;
      const result = await call(...args);
      return isDead() ? never : result;
    };
}

/** An alarm counts down from when it is set, and then fires every minute. */
function setAlarm(world: ScheduleWorld, at: number): void {
  const { clock } = world;
  awaitAlarm(world, clock.monotonic() + at - clock.now());
}

function awaitAlarm(world: ScheduleWorld, fires: number): void {
  world.alarmAt = fires;
  void world.clock.sleep(fires - world.clock.monotonic()).then(async () => {
    if (world.alarmAt !== fires || !world.open) return;
    awaitAlarm(world, fires + MINUTE_MS);
    const wasDead = world.worker.dead;
    const scheduler = wakeWorker(world);
    if (!wasDead) void world.resumeIfDue?.();
    if (!wasDead) void scheduler?.startDue();
  });
}

/** The alarm of a job that runs: every 30 s it wakes the worker, until the job stops or the browser closes. */
function awaitRunAlarm(world: ScheduleWorld, jobId: number): void {
  const { session } = world;
  void world.clock.sleep(MINUTE_MS / 2).then(() => {
    if (!world.open || world.session !== session || world.disk.get(jobId)?.state.kind !== 'running') return;
    awaitRunAlarm(world, jobId);
    const wasDead = world.worker.dead;
    wakeWorker(world);
    if (!wasDead) void world.resumeIfDue?.();
  });
}

/** The store of jobs, whose calls end with the worker. */
function createStore(world: ScheduleWorld, killable: Killable): { jobs: JobStore } {
  const { disk } = world;
  const jobs = {
    create: killable(async (...[, codes, , details]: Parameters<JobStore['create']>) =>
      writeJob(world, details?.planned, codes.length),
    ),
    get: killable(async (jobId: number) => disk.get(jobId)),
    open: killable(async () => openJobOf(world)),
    waiting: killable(async () => [...disk.values()].filter(isWaitingJob)),
    changeWaiting: killable(async (...[jobId, session, decide]: Parameters<JobStore['changeWaiting']>) =>
      changeOnDisk(world, jobId, session, decide, world.operatorStarts === jobId),
    ),
    markTold: killable(async (jobId: number, notice: NonNullable<Job['told']>) => {
      const job = disk.get(jobId);
      if (job && noticeOf(job) === notice) disk.set(jobId, { ...job, told: notice });
    }),
  };
  return { jobs: jobs as unknown as JobStore };
}

type StubController = Pick<JobController, 'resume' | 'stop' | 'resumeIfDue'>;

/** Sends one code after the other. A worker that continues a job sends only those that are not on disk as sent. */
function createController(world: ScheduleWorld, killable: Killable): StubController {
  const { disk, clock, sent, rule } = world;
  const step = killable(async (ms: number) => clock.sleep(ms));
  let current: number | undefined;

  function write(job: Job, state: JobState): void {
    const { openFlag: _, told: __, ...rest } = job;
    disk.set(job.jobId, {
      ...rest,
      state,
      epoch: job.epoch + 1,
      ...(isFinalJob(state) ? {} : { openFlag: 1 }),
    });
    void world.scheduler?.startDue();
  }

  async function run(jobId: number): Promise<void> {
    for (;;) {
      await step(SEND_MS);
      const job = disk.get(jobId);
      if (job?.state.kind !== 'running') return;
      if (world.locked) return write(job, { kind: 'paused', by: 'locked' });
      const positions = sent.get(jobId) ?? [];
      if (positions.length === job.total) return write(job, { kind: 'finished' });
      rule(openJobOf(world)?.jobId === jobId, 'two jobs at once');
      if (positions.length === 0 && job.planned) world.firstSentAt.set(jobId, clock.monotonic());
      sent.set(jobId, [...positions, positions.length + 1]);
    }
  }

  const controller: StubController = {
    async resume(jobId, matchesJob = () => true) {
      while (current !== undefined && current !== jobId) await step(SEND_MS);
      const job = disk.get(jobId);
      if (current === jobId || !job || isFinalJob(job.state) || isWaitingJob(job)) return;
      if (current === jobId || !matchesJob(job)) return;
      current = jobId;
      awaitRunAlarm(world, jobId);
      if (job.state.kind === 'paused')
        disk.set(jobId, { ...job, state: { kind: 'running' }, browserSession: `session ${world.session}` });
      await run(jobId);
      current = undefined;
    },
    async stop(jobId) {
      const job = disk.get(jobId);
      if (job && !isFinalJob(job.state) && !isWaitingJob(job)) write(job, { kind: 'ended' });
    },
    async resumeIfDue() {
      const job = openJobOf(world);
      if (job?.state.kind !== 'running' || current !== undefined) return;
      if (job.browserSession === `session ${world.session}`) await controller.resume(job.jobId);
      else write(job, { kind: 'paused', by: 'restart' });
    },
  };
  world.resumeIfDue = controller.resumeIfDue;
  return controller;
}

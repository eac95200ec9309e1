import {
  createJobController,
  type JobController,
  type JobControllerDeps,
} from '../../../utils/bulk/job-controller.ts';
import { createJobScheduler, type JobScheduler } from '../../../utils/bulk/job-scheduler.ts';
import { createJobStore, type JobStore } from '../../../utils/bulk/job-store.ts';
import type { EnKashClient } from '../../../utils/enkash/client.ts';
import { cancelAndResolve } from '../../../utils/qr-code/cancel.ts';
import { checkItems } from './rules.ts';
import { onDisk, type WorkerLife, type World } from './world.ts';

const RESTART_MS = 5;

type Call<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;
/** Makes a call end with the worker: after its death the call never settles. */
type Killable = <Args extends unknown[], Result>(call: Call<Args, Result>) => Call<Args, Result>;

/** Starts a worker, which may be killed at any await. The next worker starts shortly after. */
export function startWorker(world: World, client: EnKashClient): void {
  const life: WorkerLife = { dead: false };
  world.worker = life;
  const killable = makeKillable(world, life, () => startWorker(world, client));
  const killableClient: EnKashClient = {
    ...client,
    cancelQrCode: killable(client.cancelQrCode),
    getQrCode: killable(client.getQrCode),
  };
  const deps = controllerDeps(world, killableClient, killable);
  const controller = createJobController(deps);
  world.controller = controller;
  world.workerJobs = deps.jobs;
  world.scheduler = world.scenario.planned ? createScheduler(world, deps, controller, killable) : undefined;
  void controller.resumeIfDue().then(() => world.scheduler?.startDue());
}

function createScheduler(
  world: World,
  { jobs, clock, browserSession }: JobControllerDeps,
  controller: JobController,
  killable: Killable,
): JobScheduler {
  return createJobScheduler({
    jobs,
    clock,
    browserSession,
    controller,
    local: { zone: () => 'UTC', instantOf: (wall) => Date.parse(`${wall}Z`), wallAt: String },
    monotonic: world.clock.monotonic,
    findRefusal: killable(async () => (world.locked ? 'locked' : undefined)),
    tell: killable(async () => undefined),
    // The operator's look at the planned jobs stands for the alarm.
    alarm: { set: killable(async () => undefined), clear: killable(async () => undefined) },
    keepAlive: (task) => task,
    onChange: () => undefined,
  });
}

/** Lets the scenario kill the worker before or after each call. */
function makeKillable(world: World, life: WorkerLife, restart: () => void): Killable {
  const deaths = new Set(world.scenario.deaths);
  const never = new Promise<never>(() => undefined);
  const isDead = () => {
    world.awaits += 1;
    if (!life.dead && deaths.has(world.awaits)) {
      life.dead = true;
      // The requests of a dead worker no longer count as under way.
      world.calls = 0;
      void world.clock.sleep(RESTART_MS).then(restart);
    }
    return life.dead;
  };
  return (call) =>
    async (...args) => {
      if (isDead()) return never;
      try {
        const result = await call(...args);
        return isDead() ? never : result;
      } catch (error) {
        if (isDead()) return never;
        throw error;
      }
    };
}

function controllerDeps(world: World, client: EnKashClient, killable: Killable): JobControllerDeps {
  let lock: Promise<void> = Promise.resolve();
  return {
    jobs: createKillableStore(world, killable),
    clock: { now: world.clock.now, sleep: killable(world.clock.sleep) },
    isMultiplexed: () => world.scenario.multiplexed,
    send: (account, { qrCodeId, sendings }, noteSentAgain) =>
      cancelAndResolve(client, {
        account,
        qrCodeId,
        noteSentAgain,
        noResend: true,
        mayAlreadyBeApplied: sendings > 1,
        wasActive: true,
      }),
    read: client.getQrCode,
    withExclusiveLock(task) {
      lock = lock.catch(() => undefined).then(task);
      return lock;
    },
    keepAlive: (task) => task,
    alarm: {
      set: killable(async () => {
        world.alarmSet = true;
      }),
      clear: killable(async () => {
        world.alarmSet = false;
      }),
    },
    browserSession: killable(async () => `session ${world.browserSession}`),
    onChange: () => void world.scheduler?.startDue(),
    onProgress: () => undefined,
    onFinished: () => undefined,
  };
}

/** The worker's store of jobs, whose calls end with the worker, and whose disk may be full. */
function createKillableStore(world: World, killable: Killable): JobStore {
  const jobs = createJobStore(() => world.journal, world.clock);
  const stored = <Args extends unknown[], Result>(call: Call<Args, Result>) =>
    killable((...args: Args) => onDisk(world, () => call(...args)));
  return {
    ...jobs,
    prepare: stored(jobs.prepare),
    create: stored(jobs.create),
    dropPrepared: stored(jobs.dropPrepared),
    open: stored(jobs.open),
    get: stored(jobs.get),
    waiting: stored(jobs.waiting),
    markTold: stored(jobs.markTold),
    changeWaiting: stored(async (...change) => {
      const job = await jobs.changeWaiting(...change);
      if (job?.state.kind === 'running') {
        const isDue = world.clockWasSet || world.clock.now() >= (job.planned?.at ?? 0);
        world.rule(isDue, 'a planned job started before its time');
        world.mayPatch = true;
      }
      return job;
    }),
    item: stored(jobs.item),
    counts: stored(jobs.counts),
    acquireLease: stored(jobs.acquireLease),
    recordResend: stored(jobs.recordResend),
    commit: stored(async (lease, commit) => {
      if (world.quotaFull) throw new DOMException('No space left.', 'QuotaExceededError');
      const done = await jobs.commit(lease, commit);
      await checkItems(world);
      return done;
    }),
  };
}

import type { JobController } from '../../../utils/bulk/job-controller.ts';
import { isFinalJob } from '../../../utils/model/job.ts';
import type { ScenarioEvent } from './scenario.ts';
import { onDisk, type World } from './world.ts';

/** Longer than every wait of a scenario. */
const LOOK_EVERY_MS = 60_000;
const QUOTA_FULL_MS = 5_000;
const HOUR_MS = 3_600_000;

/** Plays the events of the scenario. After that, everything works, and the operator resumes the job if it is paused. */
export async function simulateOperator(world: World, restartWorker: () => void): Promise<void> {
  const { clock, reader, scenario } = world;
  let passed = 0;
  for (const event of [...scenario.happenings].sort((a, b) => a.at - b.at)) {
    await clock.sleep(event.at - passed);
    passed = event.at;
    void applyEvent(world, event, restartWorker);
  }
  for (;;) {
    await clock.sleep(LOOK_EVERY_MS);
    Object.assign(world, { locked: false, online: true, quotaFull: false });
    if (world.alarmSet) void world.controller?.resumeIfDue();
    await lookAtPlanned(world);
    const job = await reader.latest();
    if (job && job.state.kind === 'paused' && job.state.until === undefined) {
      world.mayPatch = true;
      void world.controller?.resume(job.jobId);
    }
  }
}

/** The alarm of planned jobs, and the operator, who starts one that is overdue. */
async function lookAtPlanned({ jobs, scheduler, ...world }: World): Promise<void> {
  if (world.scenario.dueAfter === undefined) return;
  void scheduler?.onUnlocked();
  const waiting = await onDisk(world, jobs.waiting);
  for (const { jobId, state } of waiting) if (state.kind === 'overdue') void scheduler?.runNow(jobId);
}

async function applyEvent(world: World, { what }: ScenarioEvent, restartWorker: () => void): Promise<void> {
  const { controller, clock } = world;
  const job = await world.reader.latest();
  if (!job || !controller) return;
  switch (what) {
    case 'pause':
      return pause(world, controller);
    case 'resume':
      world.resumes += 1;
      world.mayPatch = !isFinalJob(job.state);
      return controller.resume(job.jobId);
    case 'end':
      await controller.stop(job.jobId).catch(() => undefined);
      if ((await world.reader.latest())?.state.kind === 'ended') world.mayPatch = false;
      return;
    case 'lock':
      world.locked = true;
      return controller.lock();
    case 'unlock':
      world.locked = false;
      void world.scheduler?.onUnlocked();
      return controller.resumeIfDue();
    case 'offline':
      world.online = false;
      return;
    case 'online':
      world.online = true;
      return controller.resumeIfDue();
    case 'quota-full':
      world.quotaFull = true;
      void clock.sleep(QUOTA_FULL_MS).then(() => {
        world.quotaFull = false;
      });
      return;
    case 'clock-back':
    case 'clock-forward':
      // Waits that were set by the old clock can no longer be checked.
      world.clockWasSet = true;
      return clock.shift(what === 'clock-back' ? -HOUR_MS : HOUR_MS);
    case 'browser-restart':
      return restartBrowser(world, restartWorker);
  }
}

async function pause(world: World, controller: JobController): Promise<void> {
  const before = world.resumes;
  await controller.pause('user', () => true).catch(() => undefined);
  const isPaused = !world.worker.dead && (await world.reader.latest())?.state.kind === 'paused';
  // A resume during the pause takes effect after it.
  if (isPaused && world.resumes === before) world.mayPatch = false;
}

function restartBrowser(world: World, restartWorker: () => void): void {
  world.worker.dead = true;
  world.calls = 0;
  world.alarmSet = false;
  world.browserSession += 1;
  world.mayPatch = false;
  restartWorker();
}

import { planTime, planWait } from '../../../utils/model/planned-time.ts';
import { closeBrowser, startBrowser, wakeWorker } from './worker.ts';
import { HOME_OFFSET, openJobOf, type ScheduleEvent, type ScheduleWorld, writeJob } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CODES = 2;
const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;

/** Plans the jobs and plays the events, and resolves after the last one. */
export async function planEvents(world: ScheduleWorld): Promise<void> {
  const { clock, scenario } = world;
  for (const wanted of scenario.jobs) {
    const before = world.disk.size;
    // If there is no answer, the operator looks at the list of planned jobs, and confirms again.
    while (world.disk.size === before) {
      plan(world, wanted);
      await clock.sleep(1_000);
    }
  }
  let passed = 0;
  for (const event of [...scenario.events].sort((a, b) => a.at - b.at)) {
    await clock.sleep(event.at - passed);
    passed = event.at;
    play(world, event);
  }
}

function plan(world: ScheduleWorld, wanted: { minutes: number } | { waitSeconds: number }): void {
  const { clock, local } = world;
  const scheduler = wakeWorker(world);
  const planned =
    'minutes' in wanted
      ? planTime({ wall: wallIn(world, wanted.minutes), zone: local.zone() }, local, clock.now())
      : planWait(wanted.waitSeconds, local, clock.now());
  if ('code' in planned) throw new Error(planned.code);
  void scheduler?.schedule(ACCOUNT, Array(CODES).fill({ qrCodeId: '' }), planned, {});
}

const wallIn = ({ clock, local }: ScheduleWorld, minutes: number) =>
  local.wallAt(clock.now() + minutes * MINUTE_MS);

function play(world: ScheduleWorld, { what, job }: ScheduleEvent): void {
  switch (what) {
    case 'lock':
      world.locked = true;
      return;
    case 'unlock':
      world.locked = false;
      void wakeWorker(world)?.onUnlocked();
      return;
    case 'close-browser':
      closeBrowser(world);
      return;
    case 'open-browser':
      if (!world.open) startBrowser(world);
      return;
    case 'kill-worker':
      world.worker.dead = true;
      return;
    case 'remove-account':
      world.refusal = 'no-account';
      return;
    case 'forbid':
      world.refusal = 'forbidden';
      return;
    case 'policy-late':
      world.refusal = 'not-ready';
      return;
    case 'allow':
      world.refusal = undefined;
      return;
    default:
      if (!isClockEvent(world, what)) command(world, what, job);
  }
}

function isClockEvent(world: ScheduleWorld, what: ScheduleEvent['what']): boolean {
  const shifts: Partial<Record<ScheduleEvent['what'], number>> = {
    'clock-back': -2 * HOUR_MS,
    'clock-forward': 26 * HOUR_MS,
    asleep: 12 * MINUTE_MS,
  };
  const offsets: Partial<Record<ScheduleEvent['what'], number>> = {
    'zone-west': HOME_OFFSET - 90,
    'zone-east': HOME_OFFSET + 150,
    'zone-home': HOME_OFFSET,
    'summer-time': world.offset + 60,
  };
  // A computer that was asleep, like one whose clock was set, has another time and timers that go on where they were.
  world.clock.shift(shifts[what] ?? 0);
  world.offset = offsets[what] ?? world.offset;
  return what in shifts || what in offsets;
}

/** A command of the operator. It needs the browser. */
function command(world: ScheduleWorld, what: ScheduleEvent['what'], jobId: number): void {
  const scheduler = wakeWorker(world);
  const { clock, local } = world;
  if (!scheduler || !world.disk.has(jobId)) return;
  if (what === 'drop')
    void scheduler.drop(jobId).then((dropped) => {
      if (dropped) world.dropped.add(jobId);
    });
  if (what === 'reschedule') {
    const planned = planTime({ wall: wallIn(world, 30), zone: local.zone() }, local, clock.now());
    if (!('code' in planned)) void scheduler.reschedule(jobId, planned);
  }
  if (what === 'run-now') {
    world.operatorStarts = jobId;
    void scheduler.runNow(jobId).finally(() => {
      world.operatorStarts = undefined;
    });
  }
  if (what === 'other-job' && !openJobOf(world)) {
    const { jobId: other } = writeJob(world, undefined, 40);
    void world.resumeIfDue?.();
    world.otherJob = other;
  }
  if (what === 'pause-other-job') {
    const job = openJobOf(world);
    if (job && job.jobId === world.otherJob && job.state.kind === 'running')
      world.disk.set(job.jobId, { ...job, state: { kind: 'paused', by: 'user' } });
  }
}

import type { JobScheduler } from '../../../utils/bulk/job-scheduler.ts';
import { type DecideWaiting, nextWaitingJob } from '../../../utils/bulk/waiting-jobs.ts';
import type { LocalTime } from '../../../utils/lib/local-time.ts';
import { isFinalJob, isWaitingJob, type Job } from '../../../utils/model/job.ts';
import type { PlannedTime } from '../../../utils/model/planned-time.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const MINUTE_MS = 60_000;
/** Minutes east of UTC of the zone in which all times are confirmed. */
export const HOME_OFFSET = 330;

/** An action of the operator or a change of the machine, `at` milliseconds after the start. `job` counts from 1. */
export interface ScheduleEvent {
  at: number;
  what:
    | 'lock'
    | 'unlock'
    | 'close-browser'
    | 'open-browser'
    | 'kill-worker'
    | 'clock-back'
    | 'clock-forward'
    | 'asleep'
    | 'zone-west'
    | 'zone-east'
    | 'zone-home'
    | 'summer-time'
    | 'remove-account'
    | 'forbid'
    | 'policy-late'
    | 'allow'
    | 'other-job'
    | 'pause-other-job'
    | 'drop'
    | 'reschedule'
    | 'run-now';
  job: number;
}

export interface ScheduleScenario {
  /** The jobs, with the minute at which each is due, or the seconds of its wait; planned one after the other. */
  jobs: readonly ({ minutes: number } | { waitSeconds: number })[];
  /** The worker is killed at these awaits, counted from the start. */
  deaths: readonly number[];
  events: readonly ScheduleEvent[];
}

export interface WorkerLife {
  dead: boolean;
}

/** Makes the state of one run: the disk, the machine, and the records that the rules compare. */
export function createScheduleWorld(scenario: ScheduleScenario) {
  const clock = createVirtualClock();
  const broken: string[] = [];
  const world = {
    scenario,
    clock,
    local: undefined as unknown as LocalTime,
    /** Minutes east of UTC. */
    offset: HOME_OFFSET,
    /** The journal: jobs by number. */
    disk: new Map<number, Job>(),
    /** By job: the positions of the codes that were sent. */
    sent: new Map<number, number[]>(),
    /** By job: the moment on the monotonic clock at which its wait was confirmed. */
    confirmedAt: new Map<number, number>(),
    /** By job: the moment of its first cancel, on the same clock. */
    firstSentAt: new Map<number, number>(),
    dropped: new Set<number>(),
    starts: new Map<number, number>(),
    told: new Set<string>(),
    locked: false,
    refusal: undefined as 'no-account' | 'forbidden' | 'not-ready' | undefined,
    open: false,
    session: 0,
    scenarioIsOver: false,
    awaits: 0,
    /** When the alarm fires next, on the monotonic clock. */
    alarmAt: undefined as number | undefined,
    worker: { dead: true } as WorkerLife,
    scheduler: undefined as JobScheduler | undefined,
    /** Continues the job that runs, as the worker that lives would. */
    resumeIfDue: undefined as (() => Promise<void>) | undefined,
    /** The job that the operator is starting before its time. */
    operatorStarts: undefined as number | undefined,
    /** The last job that was not planned. */
    otherJob: undefined as number | undefined,
    broken,
    rule(holds: boolean, violation: string): void {
      if (!holds && !broken.includes(violation)) broken.push(violation);
    },
  };
  world.local = {
    zone: () => `UTC+${world.offset}`,
    instantOf: (wall) => Date.parse(`${wall}Z`) - world.offset * MINUTE_MS,
    wallAt: (at) => new Date(at + world.offset * MINUTE_MS).toISOString().slice(0, 16),
  };
  return world;
}

export type ScheduleWorld = ReturnType<typeof createScheduleWorld>;

/** Writes a new job to the disk. */
export function writeJob(world: ScheduleWorld, planned: PlannedTime | undefined, total: number): Job {
  const jobId = world.disk.size + 1;
  const job: Job = {
    jobId,
    at: world.clock.now(),
    account: { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' },
    total,
    state: planned ? { kind: 'scheduled', ...planned } : { kind: 'running' },
    ...(planned ? { planned } : {}),
    epoch: 0,
    revision: 1,
    browserSession: `session ${world.session}`,
    openFlag: planned ? 2 : 1,
  };
  world.disk.set(jobId, job);
  world.confirmedAt.set(jobId, world.clock.monotonic());
  return job;
}

export function openJobOf({ disk }: ScheduleWorld): Job | undefined {
  return [...disk.values()].find((job) => !isFinalJob(job.state) && !isWaitingJob(job));
}

/** Changes a job that waits, as the journal does, and checks each start against the clocks. */
export function changeOnDisk(
  world: ScheduleWorld,
  jobId: number,
  session: string,
  decide: DecideWaiting,
  isOperator: boolean,
): Job | undefined {
  const job = world.disk.get(jobId);
  if (!job || !isWaitingJob(job)) return undefined;
  const next = nextWaitingJob(job, openJobOf(world), session, decide, world.clock.now());
  world.disk.set(jobId, next);
  if (next.state.kind === 'running') {
    world.starts.set(jobId, (world.starts.get(jobId) ?? 0) + 1);
    world.rule(world.starts.get(jobId) === 1, 'started twice');
    if (!isOperator) checkStart(world, job.planned, jobId);
  }
  return next;
}

function checkStart(world: ScheduleWorld, planned: PlannedTime | undefined, jobId: number): void {
  const { clock, local, rule, confirmedAt } = world;
  const { waitSeconds, at = Number.POSITIVE_INFINITY, wall = '' } = planned ?? {};
  const waited = clock.monotonic() - (confirmedAt.get(jobId) ?? Number.POSITIVE_INFINITY);
  rule(waited >= (waitSeconds ?? 0) * 1000, 'started before the end of the wait');
  if (waitSeconds !== undefined) return;
  rule(clock.now() >= at, 'started before its moment');
  rule(local.wallAt(clock.now()) >= wall, 'started before its wall time');
}

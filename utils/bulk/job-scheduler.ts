import type { Clock } from '../lib/clock.ts';
import type { LocalTime } from '../lib/local-time.ts';
import { createMutex } from '../lib/mutex.ts';
import type { AccountRef } from '../model/account.ts';
import {
  isWaitingJob,
  type Job,
  type JobState,
  type JobSubject,
  noticeOf,
  type OverdueReason,
  resumesAutomatically,
  resumesOnUnlock,
  type WaitingJob,
  type WaitsFor,
} from '../model/job.ts';
import { earliestStart, MAX_LATENESS_MS, type PlannedTime } from '../model/planned-time.ts';
import type { JobController } from './job-controller.ts';
import type { JobDetails } from './job-creation.ts';
import type { JobStore } from './job-store.ts';

/** Why a job may not start. `not-ready`: it is not known yet, for example because the policy was not read. */
export type StartRefusal = Exclude<OverdueReason, 'late'> | 'locked' | 'not-ready';

export interface JobSchedulerDeps {
  jobs: JobStore;
  clock: Clock;
  local: LocalTime;
  /** Milliseconds of a monotonic clock. It starts at zero with each worker. */
  monotonic(): number;
  controller: Pick<JobController, 'resume' | 'stop'>;
  /** Whether the job's account, the policy and the keys allow that it starts now. */
  findRefusal(job: Job): Promise<StartRefusal | undefined>;
  /** Shows the job's notice. */
  tell(job: Job): Promise<void>;
  /** Wakes the worker at a moment (epoch ms), and every minute from then on. Replaces the alarm that was set before. */
  alarm: { set(at: number): Promise<void>; clear(): Promise<void> };
  keepAlive<Result>(work: Promise<Result>): Promise<Result>;
  /** The id of the browser session. A restart of the browser changes it. */
  browserSession(): Promise<string>;
  /** Called after a change of a job that waits. */
  onChange(): void;
}

/** Starts planned jobs when they are due. One job runs at a time; those that are due start in order of time. */
export interface JobScheduler {
  /** Writes a job that starts at a time. Rejects if the journal can't be used. */
  schedule(
    account: AccountRef,
    codes: readonly JobSubject[],
    planned: PlannedTime,
    details: Omit<JobDetails, 'planned'>,
  ): Promise<Job>;
  /** Starts a job that waits at once. Returns the reason if it did not start. */
  runNow(jobId: number): Promise<StartRefusal | 'another-job' | 'not-waiting' | undefined>;
  /** Gives a job that waits another time. Returns whether it still waited. */
  reschedule(jobId: number, planned: PlannedTime): Promise<boolean>;
  /** Ends a job that waits; its codes stay as they are. One that has started is stopped. Returns whether it still waited. */
  drop(jobId: number): Promise<boolean>;
  /**
   * Starts the next job that is due, and sets the alarm. Call when the worker starts, at the alarm, and whenever a reason to
   * wait may have passed. Never rejects; the next call tries again.
   */
  startDue(): Promise<void>;
  /** Call when the keys were unlocked: what waits for them goes on. */
  onUnlocked(): Promise<void>;
}

/** Shorter waits are timed by the worker itself, which stays alive. Browsers may delay an alarm by up to a minute. */
const MAX_TIMER_MS = 60_000;
/** The longest time between two looks at the clock, so that a clock that was set or a change of zone is noticed in time. */
const LOOK_EVERY_MS = 10 * 60_000;
const SOONEST_ALARM_MS = 30_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Returns functions that are bound. */
export function createJobScheduler(deps: JobSchedulerDeps): JobScheduler {
  const scheduler = new Scheduler(deps);
  return {
    schedule: (...job) => scheduler.schedule(...job),
    runNow: (jobId) => scheduler.runNow(jobId),
    reschedule: (jobId, planned) => scheduler.reschedule(jobId, planned),
    drop: (jobId) => scheduler.drop(jobId),
    startDue: () => scheduler.startDue(),
    onUnlocked: () => scheduler.onUnlocked(),
  };
}

type Scheduled = WaitingJob['state'] & { kind: 'scheduled' };

class Scheduler implements JobScheduler {
  readonly #deps: JobSchedulerDeps;
  readonly #oneAtATime = createMutex();
  /** By job: when its wait ends, on the monotonic clock. A clock that is set does not shorten it. */
  readonly #waitEnds = new Map<number, number>();
  #timer: AbortController | undefined;

  constructor(deps: JobSchedulerDeps) {
    this.#deps = deps;
  }

  async schedule(
    account: AccountRef,
    codes: readonly JobSubject[],
    planned: PlannedTime,
    details: Omit<JobDetails, 'planned'>,
  ): Promise<Job> {
    const { jobs, browserSession, onChange } = this.#deps;
    const job = await this.#withAlarm(async () => {
      const created = await jobs.create(account, codes, await browserSession(), { ...details, planned });
      if (planned.waitSeconds !== undefined) this.#startWait(created.jobId, planned.waitSeconds);
      return created;
    });
    onChange();
    await this.startDue();
    return job;
  }

  async runNow(jobId: number) {
    const { jobs, browserSession, findRefusal } = this.#deps;
    const job = await jobs.get(jobId);
    if (!job || !isWaitingJob(job)) return 'not-waiting';
    const refusal = await findRefusal(job);
    if (refusal) return refusal;
    const session = await browserSession();
    const after = await this.#withAlarm(() =>
      jobs.changeWaiting(jobId, session, (_, openJob) => (openJob ? undefined : { kind: 'running' })),
    );
    if (!after) return 'not-waiting';
    if (after.state.kind !== 'running') return 'another-job';
    this.#execute(jobId);
    await this.#onChanged(jobId);
    return undefined;
  }

  async reschedule(jobId: number, planned: PlannedTime): Promise<boolean> {
    return this.#change(jobId, { kind: 'scheduled', ...planned });
  }

  async drop(jobId: number): Promise<boolean> {
    const dropped = await this.#change(jobId, { kind: 'ended' });
    if (!dropped) await this.#deps.controller.stop(jobId);
    return dropped;
  }

  startDue(): Promise<void> {
    return this.#withAlarm(() => this.#startDue()).catch(() => undefined);
  }

  /**
   * Sets an alarm before anything is read or written: if the worker is stopped in between, the alarm starts another one.
   * Not every browser keeps alarms over a restart.
   */
  #withAlarm<Result>(work: () => Promise<Result>): Promise<Result> {
    const { alarm, clock } = this.#deps;
    return this.#oneAtATime(async () => {
      await alarm.set(clock.now() + SOONEST_ALARM_MS);
      return work();
    });
  }

  async onUnlocked(): Promise<void> {
    const { jobs, browserSession } = this.#deps;
    const [job, session] = await Promise.all([jobs.open(), browserSession()]);
    // After a restart of the browser the operator may not expect it any more.
    const matches = (each: Job) => resumesOnUnlock(each) && each.browserSession === session;
    if (job) void this.#deps.controller.resume(job.jobId, matches).catch(() => undefined);
    await this.startDue();
  }

  async #change(jobId: number, state: JobState): Promise<boolean> {
    const { jobs, browserSession } = this.#deps;
    const session = await browserSession();
    const after = await this.#withAlarm(() => jobs.changeWaiting(jobId, session, () => state));
    await this.#onChanged(jobId);
    return after !== undefined;
  }

  async #onChanged(jobId: number): Promise<void> {
    this.#waitEnds.delete(jobId);
    this.#deps.onChange();
    await this.startDue();
  }

  async #startDue(): Promise<void> {
    const { jobs, local, browserSession } = this.#deps;
    const [waiting, session] = await Promise.all([jobs.waiting(), browserSession()]);
    const startOf = ({ state }: WaitingJob) => earliestStart(state, local);
    const inOrder = waiting.sort((a, b) => startOf(a) - startOf(b) || a.jobId - b.jobId);
    try {
      for (const job of inOrder) await this.#startIfDue(job, session);
      await this.#tellNotices();
    } finally {
      await this.#setAlarm();
    }
  }

  async #startIfDue(job: WaitingJob, session: string): Promise<void> {
    const { jobs, findRefusal, onChange } = this.#deps;
    const { jobId, state } = job;
    if (state.kind !== 'scheduled' || this.#remaining(jobId, state) > 0) return;
    const refusal = await findRefusal(job);
    const after = await jobs.changeWaiting(jobId, session, (current, openJob) =>
      this.#decide(current, openJob, session, refusal),
    );
    if (after === undefined || after.revision === job.revision) return;
    onChange();
    if (after.state.kind === 'running') this.#execute(jobId);
  }

  /** If this fails, the alarm resumes the job, which is running on disk. */
  #execute(jobId: number): void {
    this.#waitEnds.delete(jobId);
    void this.#deps.controller.resume(jobId).catch(() => undefined);
  }

  /** The next state of a job; `undefined` if it stays as it is. Runs within the transaction that writes it. */
  #decide(
    { jobId, state, browserSession }: WaitingJob,
    openJob: Job | undefined,
    session: string,
    refusal: StartRefusal | undefined,
  ): JobState | undefined {
    if (state.kind !== 'scheduled' || this.#remaining(jobId, state) > 0) return undefined;
    const isSameSession = browserSession === session;
    if (state.waitSeconds !== undefined && !state.waitsFor && !this.#waitEnds.has(jobId) && isSameSession)
      return this.#restartWait(jobId, state, state.waitSeconds);
    if (this.#isLate(state, isSameSession)) return toOverdue(state, 'late');
    // A policy that can't be read allows nothing, but at the start of the browser it may only be late.
    if (refusal === 'not-ready') return this.#hasPassed(state) ? toOverdue(state, 'forbidden') : undefined;
    if (refusal === 'locked') return toWaiting(state, 'unlock');
    if (refusal) return toOverdue(state, refusal);
    if (openJob) return toWaiting(state, resumesAutomatically(openJob.state) ? 'turn' : 'other-job');
    return { kind: 'running' };
  }

  /** Whether the operator may not expect the start any more. A job that was due in this session and waits is expected. */
  #isLate(state: Scheduled, isSameSession: boolean): boolean {
    if (state.waitsFor && isSameSession) return false;
    // Who closes the browser during the wait may have done so to stop the job.
    if (state.waitSeconds !== undefined && !isSameSession) return true;
    return this.#hasPassed(state);
  }

  #hasPassed(state: Scheduled): boolean {
    return this.#deps.clock.now() - earliestStart(state, this.#deps.local) > MAX_LATENESS_MS;
  }

  /** The worker was stopped during the wait, so nothing shows how much of it has passed: it starts again in full. */
  #restartWait(jobId: number, { waitsFor: _, ...state }: Scheduled, waitSeconds: number): JobState {
    this.#startWait(jobId, waitSeconds);
    return { ...state, at: this.#deps.clock.now() + waitSeconds * 1000 };
  }

  #startWait(jobId: number, waitSeconds: number): void {
    this.#waitEnds.set(jobId, this.#deps.monotonic() + waitSeconds * 1000);
  }

  /** Milliseconds until a job is due. */
  #remaining(jobId: number, state: Scheduled): number {
    const { clock, local, monotonic } = this.#deps;
    if (state.waitSeconds === undefined) return earliestStart(state, local) - clock.now();
    const end = this.#waitEnds.get(jobId);
    return end === undefined ? 0 : end - monotonic();
  }

  async #tellNotices(): Promise<void> {
    const { jobs, tell } = this.#deps;
    const [waiting, openJob] = await Promise.all([jobs.waiting(), jobs.open()]);
    for (const job of openJob ? [...waiting, openJob] : waiting) {
      const notice = noticeOf(job);
      if (notice === undefined || notice === job.told) continue;
      // If the worker stops in between, the next one shows the same notification again, which replaces this one.
      await tell(job);
      await jobs.markTold(job.jobId, notice);
    }
  }

  async #setAlarm(): Promise<void> {
    const { alarm, clock, jobs } = this.#deps;
    this.#timer?.abort();
    const [waiting, openJob] = await Promise.all([jobs.waiting(), jobs.open()]);
    const isStarting = openJob?.planned !== undefined && resumesAutomatically(openJob.state);
    const scheduled = waiting.filter(({ state }) => state.kind === 'scheduled');
    // A planned job that was just started may not have set its own alarm yet.
    if (scheduled.length === 0 && !isStarting) return alarm.clear();
    const next = Math.min(
      NEVER,
      ...scheduled.map(({ jobId, state }) =>
        state.kind === 'scheduled' && !state.waitsFor ? this.#remaining(jobId, state) : NEVER,
      ),
    );
    const delay = isStarting ? SOONEST_ALARM_MS : Math.min(LOOK_EVERY_MS, Math.max(SOONEST_ALARM_MS, next));
    await alarm.set(clock.now() + delay);
    if (next > 0 && next <= MAX_TIMER_MS) this.#setTimer(next);
  }

  #setTimer(ms: number): void {
    const { clock, keepAlive } = this.#deps;
    const timer = new AbortController();
    this.#timer = timer;
    void keepAlive(clock.sleep(ms, timer.signal)).then(() => {
      if (!timer.signal.aborted) void this.startDue();
    });
  }
}

function toWaiting(state: Scheduled, waitsFor: WaitsFor): JobState | undefined {
  return state.waitsFor === waitsFor ? undefined : { ...state, waitsFor };
}

function toOverdue({ waitsFor: _, ...planned }: Scheduled, because: OverdueReason): JobState {
  return { ...planned, kind: 'overdue', because };
}

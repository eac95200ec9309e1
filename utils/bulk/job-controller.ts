import { isPendingDeadline } from '../enkash/retry-after.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { JobSubject } from '../model/job.ts';
import { isFinalJob, type Job, type JobState, resumesAutomatically } from '../model/job.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import { createConcurrencyLimiter } from './concurrency-limiter.ts';
import { type JobRun, type JobRunnerDeps, runJob, type StopReason } from './job-runner.ts';
import { type Counts, JobInProgressError, type JobStore } from './job-store.ts';

export interface JobControllerDeps extends Omit<JobRunnerDeps, 'pace'> {
  jobs: JobStore;
  clock: Clock;
  /** Whether one connection to the gateway carries many requests. */
  isMultiplexed: () => boolean;
  /** Does the work when nobody else is at such work, in this worker or another one. */
  withExclusiveLock(work: () => Promise<void>): Promise<void>;
  /** Keeps the worker running until the promise is settled. */
  keepAlive<Result>(work: Promise<Result>): Promise<Result>;
  /** Wakes the worker now and then as long as it is set. Setting one that is set changes nothing. */
  alarm: { set(): Promise<void>; clear(): Promise<void> };
  /** Names the browser session: another one after a restart. */
  browserSession(): Promise<string>;
  /** Told of every change of the job. Never delays or fails an action. */
  onChange(job: Job): void;
  /** Told once when a job has finished or was ended. */
  onFinished(job: Job, counts: Counts): void;
}

export type StartResult =
  | { ok: true; jobId: number }
  | { ok: false; reason: 'another-job' }
  | { ok: false; reason: 'journal-unavailable'; trouble: JournalTrouble };

/** Everything that can be done with a list of codes; one list at a time. */
export interface JobController {
  /** Writes the list down and begins to work on it. */
  start(
    account: AccountRef,
    codes: readonly JobSubject[],
    reason?: string,
    column?: string,
  ): Promise<StartResult>;
  /** Answers when what was under way is settled and nothing more will be sent. */
  pause(by: 'user' | 'account', matchesJob: (job: Job) => boolean): Promise<void>;
  resume(jobId: number): Promise<void>;
  /** Answers when what was under way is settled; the remaining codes stay as they are. */
  stop(jobId: number): Promise<void>;
  /** Sends nothing more from this moment on; does not wait until what is under way is settled. */
  lock(): void;
  /**
   * Takes up a job that goes on by itself. For the worker's start, and whenever something may have changed. Where the
   * journal can't be read there is nothing to take up: the alarm tries again.
   */
  resumeIfDue(): Promise<void>;
}

/** How often a stop is tried where the journal can't be written to. */
const MAX_STOP_ATTEMPTS = 3;

/** One turn of work on a job, from before it has its runner. */
interface JobExecution {
  jobId: number;
  isStopping(): boolean;
  stop(why: StopReason): void;
  done: Promise<void>;
}

export function createJobController(deps: JobControllerDeps): JobController {
  const { jobs, clock, alarm } = deps;
  let current: JobExecution | undefined;
  let resumeTimer: AbortController | undefined;
  /** How often a stop was asked for. */
  let stopRequests = 0;
  let pace = createConcurrencyLimiter(deps.isMultiplexed);

  /** Works on the job until something stops it; with `stopAtOnce`, only settles it and leaves it in that state. */
  function execute(jobId: number, stopAtOnce?: StopReason): JobExecution {
    resumeTimer?.abort();
    let run: JobRun | undefined;
    let requestedStop = stopAtOnce;
    async function perform(): Promise<void> {
      await alarm.set();
      const job = await jobs.get(jobId);
      if (!job || isFinalJob(job.state)) return;
      deps.onChange(job);
      run = runJob({ ...deps, pace }, job, await deps.browserSession(), requestedStop);
      await onRunEnded(job, await deps.keepAlive(run.done));
    }
    const turn: JobExecution = {
      jobId,
      isStopping: () => requestedStop !== undefined,
      stop(why) {
        if (requestedStop?.kind !== 'ended') requestedStop = why;
        run?.stop(why);
      },
      // What fails here is taken up again by the alarm.
      done: deps
        .withExclusiveLock(perform)
        .catch(() => undefined)
        .finally(() => {
          if (current === turn) current = undefined;
        }),
    };
    current = turn;
    return turn;
  }

  async function onRunEnded(job: Job, state: JobState): Promise<void> {
    const left = (await jobs.get(job.jobId)) ?? { ...job, state };
    deps.onChange(left);
    if (isFinalJob(state)) deps.onFinished(left, await jobs.counts(job.jobId));
    if (resumesAutomatically(state)) scheduleResume((state.kind === 'paused' && state.until) || 0);
    else await alarm.clear();
  }

  /** The alarm comes every half a minute; this is for what is due earlier. */
  function scheduleResume(at: number): void {
    resumeTimer?.abort();
    const timer = new AbortController();
    resumeTimer = timer;
    void clock.sleep(Math.max(0, at - clock.now()), timer.signal).then(() => {
      if (!timer.signal.aborted) void resumeOpenJob().catch(() => undefined);
    });
  }

  async function resumeOpenJob(): Promise<void> {
    const [job, session] = await Promise.all([jobs.open(), deps.browserSession()]);
    if (current) return;
    if (!job) return alarm.clear();
    if (!resumesAutomatically(job.state)) return;
    // After a restart of the browser nobody may be there any more who expects it to go on.
    if (job.browserSession !== session) return execute(job.jobId, { kind: 'paused', by: 'restart' }).done;
    const until = job.state.kind === 'paused' ? (job.state.until ?? 0) : 0;
    if (isPendingDeadline(until, clock.now())) {
      await alarm.set();
      scheduleResume(until);
    } else execute(job.jobId);
  }

  /** Stops the job for the reason given; where nobody works on it, just writes that down. */
  async function stopJob(stop: StopReason, concerns: (job: Job) => boolean): Promise<void> {
    stopRequests += 1;
    for (let tries = 0; tries < MAX_STOP_ATTEMPTS; tries += 1) {
      const job = await jobs.open();
      if (!job || !concerns(job)) return;
      if (current?.jobId === job.jobId) {
        current.stop(stop);
        await current.done;
      } else await execute(job.jobId, stop).done;
      // It may have stopped for another reason just before.
      const after = await jobs.get(job.jobId);
      if (!after || isFinalJob(after.state) || (stop.kind === 'paused' && !resumesAutomatically(after.state)))
        return;
    }
    throw new Error('The job could not be stopped.');
  }

  return {
    async start(account, codes, reason, column) {
      try {
        const { jobId } = await jobs.create(account, codes, await deps.browserSession(), reason, column);
        pace = createConcurrencyLimiter(deps.isMultiplexed);
        execute(jobId);
        return { ok: true, jobId };
      } catch (error) {
        if (error instanceof JobInProgressError) return { ok: false, reason: 'another-job' };
        return { ok: false, reason: 'journal-unavailable', trouble: troubleOf(error) };
      }
    },
    pause: (by, concerns) =>
      stopJob({ kind: 'paused', by }, (job) => resumesAutomatically(job.state) && concerns(job)),
    async resume(jobId) {
      // Pressed while the job is being paused, it applies after that, unless something stops the job once more.
      const before = stopRequests;
      for (;;) {
        const job = await jobs.get(jobId);
        if (!job || isFinalJob(job.state) || stopRequests !== before) return;
        if (!current) return void execute(jobId);
        // A runner that works on is left alone. One that has paused the job on disk has not left yet.
        if (job.state.kind === 'running' && !current.isStopping()) return;
        await current.done;
      }
    },
    stop: (jobId) => stopJob({ kind: 'ended' }, (job) => job.jobId === jobId),
    lock() {
      stopRequests += 1;
      current?.stop({ kind: 'paused', by: 'locked' });
    },
    resumeIfDue: () => resumeOpenJob().catch(() => undefined),
  };
}

import { isPendingDeadline } from '../enkash/retry-after.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { JobSubject } from '../model/job.ts';
import {
  isFinalJob,
  isOpenJob,
  type Job,
  type JobState,
  resumesAutomatically,
  resumesOnUnlock,
} from '../model/job.ts';
import { type ConcurrencyLimiter, createConcurrencyLimiter } from './concurrency-limiter.ts';
import type { Counts } from './job-counts.ts';
import type { JobDetails } from './job-creation.ts';
import { type JobRun, type JobRunnerDeps, runJob, type StopReason } from './job-runner.ts';
import type { JobStore } from './job-store.ts';

export interface JobControllerDeps extends Omit<JobRunnerDeps, 'pace'> {
  jobs: JobStore;
  clock: Clock;
  /** Whether one connection to the gateway carries many requests. */
  isMultiplexed: () => boolean;
  /** Runs the task under an exclusive lock shared by all workers. */
  withExclusiveLock(work: () => Promise<void>): Promise<void>;
  /** Keeps the worker running until the promise is settled. */
  keepAlive<Result>(work: Promise<Result>): Promise<Result>;
  /** Wakes the worker periodically while it is set. Setting it again changes nothing. */
  alarm: { set(): Promise<void>; clear(): Promise<void> };
  /** The id of the browser session. A restart of the browser changes it. */
  browserSession(): Promise<string>;
  /** Called with every change of the job. Never delays or fails an action. */
  onChange(job: Job): void;
  /** Called once when a job has finished or was ended. */
  onFinished(job: Job, counts: Counts): void;
}

/** The execution of a job, from before it has its runner. */
interface JobExecution {
  jobId: number;
  isStopping(): boolean;
  stop(why: StopReason): void;
  /** Never rejects. If the execution fails, the alarm resumes the job. */
  done: Promise<void>;
}

/** Starts, pauses, resumes and ends jobs; one job at a time. */
export interface JobController {
  /** Writes the job to the journal and executes it. Returns its ID. Rejects like `JobStore.create`. */
  start(
    account: AccountRef,
    codes: readonly JobSubject[],
    details?: Omit<JobDetails, 'planned'>,
  ): Promise<number>;
  /** Resolves when the requests in flight are settled and no other will be sent. */
  pause(by: 'user' | 'account', matchesJob: (job: Job) => boolean): Promise<void>;
  /** Does nothing if the job, as it is when it could continue, does not match. */
  resume(jobId: number, matchesJob?: (job: Job) => boolean): Promise<void>;
  /** Ends the job. Resolves when the requests in flight are settled. The remaining codes stay as they are. */
  stop(jobId: number): Promise<void>;
  /** Stops sending at once. Does not wait for the requests in flight. */
  lock(): void;
  /**
   * Resumes a job that resumes automatically, and deletes one that an earlier worker was preparing. Called when the worker
   * starts, and whenever the cause of a pause may have passed. Does nothing if the journal can't be read; the alarm tries
   * again.
   */
  resumeIfDue(): Promise<void>;
}

/** Attempts to stop a job whose state can't be written to the journal. */
const MAX_STOP_ATTEMPTS = 3;

/** Returns functions that are bound, since callers spread the controller into their own object. */
export function createJobController(deps: JobControllerDeps): JobController {
  const controller = new SingleJobController(deps);
  return {
    start: (...job) => controller.start(...job),
    pause: (by, matchesJob) => controller.pause(by, matchesJob),
    resume: (...job) => controller.resume(...job),
    stop: (jobId) => controller.stop(jobId),
    lock: () => controller.lock(),
    resumeIfDue: () => controller.resumeIfDue(),
  };
}

/** Executes one job at a time, and resumes it when it is due. */
class SingleJobController implements JobController {
  readonly #deps: JobControllerDeps;
  #current: JobExecution | undefined;
  #resumeTimer: AbortController | undefined;
  #pace: ConcurrencyLimiter;
  /** Counts requested stops, so that a resume knows whether one came after it. */
  #stopRequests = 0;

  constructor(deps: JobControllerDeps) {
    this.#deps = deps;
    this.#pace = createConcurrencyLimiter(deps.isMultiplexed);
  }

  async start(
    account: AccountRef,
    codes: readonly JobSubject[],
    details?: Omit<JobDetails, 'planned'>,
  ): Promise<number> {
    const { jobs, browserSession, isMultiplexed } = this.#deps;
    const { jobId, epoch } = await jobs.create(account, codes, await browserSession(), details);
    // The same confirmation may come twice: then the job has its execution.
    if (epoch === 0 && this.#current?.jobId !== jobId) {
      this.#pace = createConcurrencyLimiter(isMultiplexed);
      this.#execute(jobId);
    }
    return jobId;
  }

  pause(by: 'user' | 'account', matchesJob: (job: Job) => boolean): Promise<void> {
    const continues = (job: Job) => resumesAutomatically(job.state) || resumesOnUnlock(job);
    return this.#stopJob({ kind: 'paused', by }, (job) => continues(job) && matchesJob(job));
  }

  async resume(jobId: number, matchesJob: (job: Job) => boolean = () => true): Promise<void> {
    // A resume that is requested during a pause applies after it, unless another stop is requested.
    const before = this.#stopRequests;
    for (;;) {
      const job = await this.#deps.jobs.get(jobId);
      if (!job || !isOpenJob(job.state) || this.#stopRequests !== before) return;
      const current = this.#current;
      if (!current) return void (matchesJob(job) && this.#execute(jobId));
      // A running execution is left alone. One that has written the pause must leave first, as must another job's.
      if (current.jobId === jobId && job.state.kind === 'running' && !current.isStopping()) return;
      await current.done;
    }
  }

  stop(jobId: number): Promise<void> {
    return this.#stopJob({ kind: 'ended' }, (job) => job.jobId === jobId);
  }

  lock(): void {
    this.#stopRequests += 1;
    this.#current?.stop({ kind: 'paused', by: 'locked' });
  }

  resumeIfDue(): Promise<void> {
    return this.#resumeOpenJob().catch(() => undefined);
  }

  /** Executes the job until something stops it. With `initialStop`, only settles it and leaves it in that state. */
  #execute(jobId: number, initialStop?: StopReason): JobExecution {
    this.#resumeTimer?.abort();
    const deps = this.#deps;
    let run: JobRun | undefined;
    let stop = initialStop;
    const perform = async () => {
      await deps.alarm.set();
      const job = await deps.jobs.get(jobId);
      if (!job || isFinalJob(job.state)) return;
      deps.onChange(job);
      run = runJob({ ...deps, pace: this.#pace }, job, await deps.browserSession(), stop);
      await this.#onRunEnded(job, await deps.keepAlive(run.done));
    };
    const execution: JobExecution = {
      jobId,
      isStopping: () => stop !== undefined,
      stop(why) {
        if (stop?.kind !== 'ended') stop = why;
        run?.stop(why);
      },
      done: deps
        .withExclusiveLock(perform)
        .catch(() => undefined)
        .finally(() => {
          if (this.#current === execution) this.#current = undefined;
        }),
    };
    this.#current = execution;
    return execution;
  }

  /** Resumes the open job if it is due, or schedules that. Rejects if the journal can't be read. */
  async #resumeOpenJob(): Promise<void> {
    const deps = this.#deps;
    void deps.jobs.dropPrepared().catch(() => undefined);
    const [job, session] = await Promise.all([deps.jobs.open(), deps.browserSession()]);
    if (this.#current) return;
    if (!job) return deps.alarm.clear();
    if (!resumesAutomatically(job.state)) return;
    // After a restart of the browser the operator may not expect the job to continue.
    if (job.browserSession !== session)
      return this.#execute(job.jobId, { kind: 'paused', by: 'restart' }).done;
    const until = job.state.kind === 'paused' ? (job.state.until ?? 0) : 0;
    if (isPendingDeadline(until, deps.clock.now())) {
      await deps.alarm.set();
      this.#scheduleResume(until);
    } else this.#execute(job.jobId);
  }

  async #onRunEnded(job: Job, state: JobState): Promise<void> {
    const deps = this.#deps;
    const saved = (await deps.jobs.get(job.jobId)) ?? { ...job, state };
    deps.onChange(saved);
    if (isFinalJob(state)) deps.onFinished(saved, await deps.jobs.counts(job.jobId));
    if (resumesAutomatically(state)) this.#scheduleResume((state.kind === 'paused' && state.until) || 0);
    else await deps.alarm.clear();
  }

  /** Resumes the job at a moment (epoch ms) that is before the next alarm, which fires every 30 s. */
  #scheduleResume(at: number): void {
    const { clock } = this.#deps;
    this.#resumeTimer?.abort();
    const timer = new AbortController();
    this.#resumeTimer = timer;
    void clock.sleep(Math.max(0, at - clock.now()), timer.signal).then(() => {
      if (!timer.signal.aborted) void this.resumeIfDue();
    });
  }

  /** Stops the open job if it matches. If it is not being executed, only writes its state. */
  async #stopJob(stop: StopReason, matchesJob: (job: Job) => boolean): Promise<void> {
    this.#stopRequests += 1;
    for (let attempts = 0; attempts < MAX_STOP_ATTEMPTS; attempts += 1) {
      const job = await this.#deps.jobs.open();
      if (!job || !matchesJob(job)) return;
      const current = this.#current;
      if (current?.jobId === job.jobId) {
        current.stop(stop);
        await current.done;
      } else await this.#execute(job.jobId, stop).done;
      // The job may have stopped for another reason just before.
      const after = await this.#deps.jobs.get(job.jobId);
      if (!after || isFinalJob(after.state) || (stop.kind === 'paused' && !resumesAutomatically(after.state)))
        return;
    }
    throw new Error('The job could not be stopped.');
  }
}

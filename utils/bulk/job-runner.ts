import type { QrCode } from '../enkash/qr-code.ts';
import type { Clock } from '../lib/clock.ts';
import { createWakeSignal, type WakeSignal } from '../lib/wake-signal.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Job, JobState } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { ResolvedCancel } from '../qr-code/cancel.ts';
import { transitionBeforeSend } from './check-before-send.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import { FailurePolicy } from './failure-policy.ts';
import { type HealthSignal, isFromIntermediary } from './gateway-health.ts';
import {
  backoffDelay,
  INTERRUPTED_OUTCOME,
  type ItemTransition,
  toUnsentState,
  transitionAfterRead,
  transitionAfterSend,
} from './item-transitions.ts';
import type { ItemChange } from './job-commit.ts';
import type { AcquiredLease } from './job-lease.ts';
import type { JobStore } from './job-store.ts';
import { ResultWriter, type Written } from './result-writer.ts';
import { type PendingRead, WorkQueue } from './work-queue.ts';

/** The state in which a stopped run leaves the job. */
export type StopReason = Extract<JobState, { kind: 'paused' | 'ended' }>;

/** One run of a job, by one runner. */
export interface JobRun {
  /** Resolves with the state that the run wrote to the journal. Rejects if it could not be written. */
  done: Promise<JobState>;
  /** Stops sending at once. Requests in flight are settled first. An end overrides a pause. */
  stop(why: StopReason): void;
}

export interface JobRunnerDeps {
  jobs: JobStore;
  clock: Clock;
  pace: ConcurrencyLimiter;
  /** Sends one cancel once, and settles an ambiguous result by an immediate read. */
  send(account: AccountRef, item: Item, recordResend: () => Promise<void>): Promise<ResolvedCancel>;
  read(account: AccountRef, qrCodeId: string): Promise<GatewayResult<QrCode>>;
  /** Called after each write to the journal, with the number of settled codes. */
  onProgress(done: number, total: number): void;
}

/** Longer waits pause the job, so that the page shows the reason. */
const MAX_INLINE_WAIT_MS = 5_000;
const OFFLINE_RETRY_MS = 15_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Signals that lower the limit of concurrent requests. */
const OVERLOAD: readonly HealthSignal[] = ['degraded', 'server', 'intermediary', 'rate'];

/** The result of a read that failed in the extension itself. */
const FAILED_READ: GatewayResult<QrCode> = { kind: 'ambiguous', reason: 'connection' };

/** The requested stop of a run. Exists before the run has its lease. */
interface Stopping {
  why: StopReason | undefined;
  wakeSignal: WakeSignal;
}

/**
 * Runs a job until it is finished or stopped. Items that an earlier run had in flight are settled by reads before any
 * other is sent. With `initialStop`, only settles the job and leaves it in that state.
 */
export function runJob(
  deps: JobRunnerDeps,
  job: Job,
  browserSession: string,
  initialStop?: StopReason,
): JobRun {
  const stopping: Stopping = { why: initialStop, wakeSignal: createWakeSignal(deps.clock) };
  async function work(): Promise<JobState> {
    // If the run is to stop, the first write already stores that, in case a later one fails.
    const state: JobState =
      initialStop?.kind === 'ended' ? { kind: 'paused', by: 'user' } : (initialStop ?? { kind: 'running' });
    const lease = await deps.jobs.acquireLease(job.jobId, browserSession, state);
    return new JobRunner(deps, job, lease, stopping).run();
  }
  return {
    done: work(),
    stop(why) {
      if (stopping.why?.kind !== 'ended') stopping.why = why;
      stopping.wakeSignal.notify();
    },
  };
}

class JobRunner {
  readonly #deps: JobRunnerDeps;
  readonly #job: Job;
  readonly #lease: AcquiredLease['lease'];
  readonly #stopping: Stopping;
  readonly #queue: WorkQueue;
  readonly #writer: ResultWriter;
  readonly #policy: FailurePolicy;
  #lastTickAt = 0;

  constructor(
    deps: JobRunnerDeps,
    job: Job,
    { lease, unknown, unfinished }: AcquiredLease,
    stopping: Stopping,
  ) {
    const { jobs, clock, pace } = deps;
    this.#deps = deps;
    this.#job = job;
    this.#lease = lease;
    this.#stopping = stopping;
    this.#policy = new FailurePolicy(unfinished > 0 ? job.state : { kind: 'running' });
    this.#queue = new WorkQueue(pace);
    for (const item of unknown) this.#queue.readAt(0, item, item.state.reads ?? 0);
    const onWritten = (written: Written) => this.#applyWritten(written);
    this.#writer = new ResultWriter({ jobs, clock, lease, unfinished, onWritten });
  }

  async run(): Promise<JobState> {
    const { clock } = this.#deps;
    await this.#probe();
    while (!this.#stopping.why && this.#writer.fatalError === undefined) {
      const now = clock.now();
      if (now < this.#lastTickAt) {
        this.#queue.resetDeadlines();
        this.#writer.resetDeadlines();
      }
      this.#lastTickAt = now;
      this.#startRequests(now);
      this.#startWrite(now);
      if (this.#queue.isEmpty && !this.#writer.isWriting && !this.#writer.holdsUnfinished) break;
      await this.#stopping.wakeSignal.wait(Math.max(0, this.#nextDeadline() - clock.now()));
    }
    return this.#close();
  }

  /** After repeated failures, one probe read decides whether to resume. Each probe reads another code. */
  async #probe(): Promise<void> {
    const { probesBefore } = this.#policy;
    if (this.#stopping.why || probesBefore === undefined) return;
    const { jobId, total, state } = this.#job;
    const item = await this.#deps.jobs.item(jobId, 1 + (probesBefore % total));
    if (!item || this.#stopping.why) return;
    const read = await this.#read(item);
    const now = this.#deps.clock.now();
    const unknown = { ...item, state: { kind: 'unresolved', fallbackOutcome: INTERRUPTED_OUTCOME } } as const;
    const { health, response, rateLimitedUntil, pause } = transitionAfterRead(unknown, read, 0, now);
    if (health === 'server' || health === 'intermediary' || health === 'sign-in-failed')
      this.#pause(this.#policy.open(health, now, response));
    else if (pause) this.#applyHealth(item, { health: 'none', pause });
    // The gateway limited the rate of the probe: try it later.
    else if (rateLimitedUntil !== undefined && state.kind === 'paused')
      this.#pause({ ...state, until: rateLimitedUntil });
    else this.#policy.noteProbe();
  }

  /** Starts requests up to the limit. Reads go first. */
  #startRequests(now: number): void {
    while (!this.#stopping.why) {
      const reading = this.#queue.takeReading(now);
      const item = reading ? undefined : this.#queue.takeItem(now);
      if (reading) this.#track(this.#resolveItem(reading));
      else if (item) this.#track(this.#sendItem(item));
      else return;
    }
  }

  #track(request: Promise<void>): void {
    void this.#queue.track(request).finally(this.#stopping.wakeSignal.notify);
  }

  async #sendItem(claimed: Item): Promise<void> {
    const { send, clock } = this.#deps;
    if (this.#job.planned && !(await this.#isActive(claimed))) return;
    let item = claimed;
    let hasLeft = true;
    const recordResend = async () => {
      if (!this.#stopping.why) {
        await this.#deps.jobs.recordResend(this.#lease, item.position);
        hasLeft = !this.#stopping.why;
      }
      if (this.#stopping.why) throw new Error('The job was stopped.');
      item = { ...item, sendings: item.sendings + 1 };
    };
    const transition: ItemTransition & Pick<ItemChange, 'subject'> = await send(
      this.#job.account,
      claimed,
      recordResend,
    ).then(
      ({ outcome, qrCode }) => {
        const isFromProxy = outcome.kind === 'unconfirmed' && isFromIntermediary(outcome.reason);
        const counts = this.#policy.counts(item.position, isFromProxy);
        return { ...transitionAfterSend(item, outcome, clock.now(), counts), subject: qrCode };
      },
      // The result is unknown, so a read must show it.
      () => ({ state: { kind: 'unresolved', fallbackOutcome: INTERRUPTED_OUTCOME }, health: 'server' }),
    );
    this.#applyHealth(item, transition);
    // A resend that was recorded and then stopped before it left is not counted.
    const revertSend = !hasLeft || transition.revertSend === true;
    const { state, subject } = transition;
    if (state) this.#writer.add({ number: item.position, state, subject, revertSend });
    if (state?.kind === 'unresolved') this.#queue.readAt(0, { ...item, state }, 0);
  }

  /** Reads a code of a planned job just before it is sent. Returns whether to send it, and else records its next state. */
  async #isActive(item: Item): Promise<boolean> {
    const { clock } = this.#deps;
    const read = await this.#read(item);
    const now = clock.now();
    const transition = transitionBeforeSend(item, read, this.#policy.counts(item.position), now);
    if (!transition && !this.#stopping.why) return true;
    if (transition) this.#applyHealth(item, transition);
    const { state = toUnsentState(item, now) } = transition ?? {};
    const subject = read.kind === 'answered' ? read.payload : undefined;
    this.#writer.add({ number: item.position, state, subject, revertSend: true });
    if (state.kind === 'unresolved') this.#queue.readAt(now + backoffDelay(1), { ...item, state }, 0);
    return false;
  }

  async #resolveItem({ item, reads }: PendingRead, isFinalRead = false): Promise<void> {
    const { clock } = this.#deps;
    const read = await this.#read(item);
    const failed = reads + (this.#policy.counts(item.position) ? 1 : 0);
    const transition = transitionAfterRead(item, read, failed, clock.now());
    this.#applyHealth(item, transition);
    if (transition.state) {
      const subject = read.kind === 'answered' ? read.payload : undefined;
      this.#writer.add({ number: item.position, state: transition.state, subject });
    }
    if (transition.state || isFinalRead) return;
    // A read that was not made, or that was rate-limited, does not count as failed.
    const isFailure = read.kind === 'ambiguous' || read.kind === 'rejected';
    const failedReads = isFailure ? failed : reads;
    const delay = isFailure || failedReads > 0 ? backoffDelay(failedReads) : 0;
    this.#queue.readAt(clock.now() + delay, item, failedReads);
  }

  #read({ qrCodeId }: Item): Promise<GatewayResult<QrCode>> {
    return this.#deps.read(this.#job.account, qrCodeId).catch(() => FAILED_READ);
  }

  /** Applies one response to the health of the whole job. */
  #applyHealth(item: Item, { health, response, pause, rateLimitedUntil = 0 }: ItemTransition): void {
    const { pace, clock } = this.#deps;
    const now = clock.now();
    if (health === 'ok' || health === 'refused') pace.onSuccess();
    else if (OVERLOAD.includes(health)) pace.onOverload();
    this.#queue.hold(rateLimitedUntil);
    const opened = this.#policy.record(item, health, now, response);
    const until = pause === 'offline' ? { until: now + OFFLINE_RETRY_MS } : {};
    if (pause) this.#pause({ kind: 'paused', by: pause, ...until });
    else if (opened) this.#pause(opened);
    else if (this.#queue.holdUntil - now > MAX_INLINE_WAIT_MS)
      this.#pause({ kind: 'paused', by: 'rate', until: this.#queue.holdUntil });
  }

  #pause(why: StopReason): void {
    this.#stopping.why ??= why;
  }

  #startWrite(now: number): void {
    if (now < this.#writer.nextWrite()) return;
    const claim = this.#stopping.why ? 0 : this.#queue.claimCount(now);
    if (claim === 0 && now < this.#writer.nextFlush()) return;
    const pendingFirst = this.#policy.isHalfOpen;
    void this.#writer.write({ claim, pendingFirst }).finally(this.#stopping.wakeSignal.notify);
  }

  #applyWritten({ changes, claim, committed, unfinished }: Written): void {
    if (claim > 0) this.#queue.addClaimed(committed, claim);
    else this.#queue.onWritten(changes);
    const { total } = this.#job;
    this.#deps.onProgress(total - unfinished, total);
  }

  /** The next moment (epoch ms) at which a request or a write is due. */
  #nextDeadline(): number {
    return Math.min(
      this.#queue.nextStart(),
      this.#writer.nextFlush(),
      Math.max(this.#queue.nextClaim(), this.#writer.nextWrite()),
    );
  }

  /** Waits for the requests in flight, returns unsent items, and writes the job's last state. */
  async #close(): Promise<JobState> {
    const { clock } = this.#deps;
    const { wakeSignal } = this.#stopping;
    while (this.#queue.isInFlight || this.#writer.isWriting) await wakeSignal.wait(NEVER);
    while (this.#stopping.why?.kind === 'ended' && this.#writer.fatalError === undefined) {
      // One final read for each unresolved item. If it fails, the item ends as not confirmed.
      const next = () => this.#queue.takeReading(NEVER);
      for (let reading = next(); reading; reading = next()) this.#track(this.#resolveItem(reading, true));
      if (!this.#queue.isInFlight) break;
      await wakeSignal.wait(NEVER);
    }
    for (const item of this.#queue.takeUnsent())
      this.#writer.add({ number: item.position, state: toUnsentState(item, clock.now()), revertSend: true });
    for (const { item, reads } of this.#queue.takeUnread())
      if (reads !== (item.state.reads ?? 0))
        this.#writer.add({ number: item.position, state: { ...item.state, reads } });
    return this.#writer.shutDown(() => this.#stopping.why ?? { kind: 'finished' });
  }
}

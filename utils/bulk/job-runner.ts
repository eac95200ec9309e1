import type { QrCode } from '../enkash/qr-code.ts';
import type { Clock } from '../lib/clock.ts';
import { createWakeSignal, type WakeSignal } from '../lib/wake-signal.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Job, JobState } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { ResolvedCancel } from '../qr-code/cancel.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import { FailurePolicy } from './failure-policy.ts';
import {
  backoffDelay,
  type ItemTransition,
  isIntermediarys,
  type Sign,
  toUnsentState,
  transitionAfterRead,
  transitionAfterSend,
} from './item-transitions.ts';
import { type AcquiredLease, INTERRUPTED_OUTCOME, type ItemChange, type JobStore } from './job-store.ts';
import { ResultWriter, type Written } from './result-writer.ts';
import { type PendingRead, WorkQueue } from './work-queue.ts';

/** Why a run is to stop. */
export type StopReason = Extract<JobState, { kind: 'paused' | 'ended' }>;

/** A job being worked on. */
export interface JobRun {
  /** The state in which it was left, on disk. Rejects where that could not be written. */
  done: Promise<JobState>;
  /** Sends nothing new from this moment on; what is under way is settled first. An end outweighs a pause. */
  stop(why: StopReason): void;
}

export interface JobRunnerDeps {
  jobs: JobStore;
  clock: Clock;
  pace: ConcurrencyLimiter;
  /** Sends one cancel, once, and settles it by a read where that can be done at once. */
  send(account: AccountRef, item: Item, noteSentAgain: () => Promise<void>): Promise<ResolvedCancel>;
  read(account: AccountRef, qrCodeId: string): Promise<GatewayResult<QrCode>>;
  /** Called after each write to the journal, with the number of settled codes. */
  onProgress(done: number, total: number): void;
}

/** Longer waits pause the job, so that the page shows why nothing happens. */
const MAX_INLINE_WAIT_MS = 5_000;
const OFFLINE_RETRY_MS = 15_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Signs that the gateway is asked for too much. */
const STRAIN: readonly Sign[] = ['degraded', 'server', 'intermediary', 'rate'];

/** A read that failed in this extension, before there was a response. */
const FAILED_READ: GatewayResult<QrCode> = { kind: 'ambiguous', reason: 'connection' };

/** Shared with whoever may stop a run, from before it has its lease. */
interface Stopping {
  why: StopReason | undefined;
  wakeSignal: WakeSignal;
}

/**
 * Works on a job until it is finished, or something stops it. What an earlier run was sending is settled by reads
 * before anything else is sent.
 */
export function runJob(
  deps: JobRunnerDeps,
  job: Job,
  browserSession: string,
  initialStop?: StopReason,
): JobRun {
  const stopping: Stopping = { why: initialStop, wakeSignal: createWakeSignal(deps.clock) };
  async function work(): Promise<JobState> {
    // From the first write on the journal says that nothing more is to be sent, whatever fails afterwards.
    const state: JobState =
      initialStop?.kind === 'ended' ? { kind: 'paused', by: 'user' } : (initialStop ?? { kind: 'running' });
    const taken = await deps.jobs.acquireLease(job.jobId, browserSession, state);
    return new JobRunner(deps, job, taken, stopping).run();
  }
  return {
    done: work(),
    stop(why) {
      if (stopping.why?.kind !== 'ended') stopping.why = why;
      stopping.wakeSignal.ring();
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
  #lookedAt = 0;

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
      if (now < this.#lookedAt) {
        this.#queue.forgetDeadlines();
        this.#writer.forgetDeadlines();
      }
      this.#lookedAt = now;
      this.#startRequests(now);
      this.#startWrite(now);
      if (this.#queue.isEmpty && !this.#writer.isWriting && !this.#writer.holdsUnfinished) break;
      await this.#stopping.wakeSignal.wait(Math.max(0, this.#nextMoment() - clock.now()));
    }
    return this.#close();
  }

  /** After failures of many codes, one read decides whether to continue. It takes another code each time. */
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
    else if (pause) this.#apply(item, { health: 'none', pause });
    // The gateway put the probe off: it is made later.
    else if (rateLimitedUntil !== undefined && state.kind === 'paused')
      this.#pause({ ...state, until: rateLimitedUntil });
    else this.#policy.noteProbe();
  }

  /** Starts as many requests as may be under way. */
  #startRequests(now: number): void {
    while (!this.#stopping.why) {
      const reading = this.#queue.takeReading(now);
      const item = reading ? undefined : this.#queue.takeItem(now);
      if (reading) this.#track(this.#readOnce(reading));
      else if (item) this.#track(this.#sendOnce(item));
      else return;
    }
  }

  #track(request: Promise<void>): void {
    void this.#queue.track(request).finally(this.#stopping.wakeSignal.ring);
  }

  async #sendOnce(claimed: Item): Promise<void> {
    const { send, clock } = this.#deps;
    let item = claimed;
    let hasLeft = true;
    const noteSentAgain = async () => {
      if (!this.#stopping.why) {
        await this.#deps.jobs.recordResend(this.#lease, item.position);
        hasLeft = !this.#stopping.why;
      }
      if (this.#stopping.why) throw new Error('The job was stopped.');
      item = { ...item, sendings: item.sendings + 1 };
    };
    const verdict: ItemTransition & Pick<ItemChange, 'subject'> = await send(
      this.#job.account,
      claimed,
      noteSentAgain,
    ).then(
      ({ outcome, qrCode }) => {
        const isForeign = outcome.kind === 'unconfirmed' && isIntermediarys(outcome.reason);
        const counts = this.#policy.counts(item.position, isForeign);
        return { ...transitionAfterSend(item, outcome, clock.now(), counts), subject: qrCode };
      },
      // The result is not known then, and a read has to show it.
      () => ({ state: { kind: 'unresolved', fallbackOutcome: INTERRUPTED_OUTCOME }, health: 'server' }),
    );
    this.#apply(item, verdict);
    // A sending that was written down and stopped before it left is taken back.
    const revertSend = !hasLeft || verdict.revertSend === true;
    this.#note({ number: item.position, ...verdict, revertSend });
    if (verdict.state?.kind === 'unresolved') this.#queue.readAt(0, { ...item, state: verdict.state }, 0);
  }

  async #readOnce({ item, reads }: PendingRead, isLastLook = false): Promise<void> {
    const { clock } = this.#deps;
    const read = await this.#read(item);
    const failed = reads + (this.#policy.counts(item.position) ? 1 : 0);
    const verdict = transitionAfterRead(item, read, failed, clock.now());
    this.#apply(item, verdict);
    if (verdict.state) {
      const subject = read.kind === 'answered' ? read.payload : undefined;
      this.#note({ number: item.position, state: verdict.state, subject });
    }
    if (verdict.state || isLastLook) return;
    // A read that was not made, or that the gateway put off, is none that failed.
    const isFailure = read.kind === 'ambiguous' || read.kind === 'rejected';
    const soFar = isFailure ? failed : reads;
    const delay = isFailure || soFar > 0 ? backoffDelay(soFar) : 0;
    this.#queue.readAt(clock.now() + delay, item, soFar);
  }

  #read({ qrCodeId }: Item): Promise<GatewayResult<QrCode>> {
    return this.#deps.read(this.#job.account, qrCodeId).catch(() => FAILED_READ);
  }

  #note({ number, state, subject, revertSend = false }: Partial<ItemChange> & { number: number }): void {
    if (state) this.#writer.add({ number, state, subject, revertSend });
  }

  /** Applies one response to the health of the whole job. */
  #apply(item: Item, { health, response, pause, rateLimitedUntil = 0 }: ItemTransition): void {
    const { pace, clock } = this.#deps;
    const now = clock.now();
    if (health === 'ok' || health === 'refused') pace.onSuccess();
    else if (STRAIN.includes(health)) pace.onOverload();
    this.#queue.hold(rateLimitedUntil);
    const opened = this.#policy.queueResult(item, health, now, response);
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
    void this.#writer.write({ claim, pendingFirst }).finally(this.#stopping.wakeSignal.ring);
  }

  #applyWritten({ changes, claim, committed, unfinished }: Written): void {
    if (claim > 0) this.#queue.addClaimed(committed, claim);
    else this.#queue.noteWritten(changes);
    const { total } = this.#job;
    this.#deps.onProgress(total - unfinished, total);
  }

  /** When, if nothing else happens before, there is something to do. */
  #nextMoment(): number {
    return Math.min(
      this.#queue.nextStart(),
      this.#writer.nextFlush(),
      Math.max(this.#queue.nextClaim(), this.#writer.nextWrite()),
    );
  }

  /** Leaves nothing under way, gives back what was not sent, and writes down how the job stands. */
  async #close(): Promise<JobState> {
    const { clock } = this.#deps;
    const { wakeSignal } = this.#stopping;
    while (this.#queue.isInFlight || this.#writer.isWriting) await wakeSignal.wait(NEVER);
    while (this.#stopping.why?.kind === 'ended' && this.#writer.fatalError === undefined) {
      // The last look at what is not known; what this does not show is left as not confirmed.
      const next = () => this.#queue.takeReading(NEVER);
      for (let reading = next(); reading; reading = next()) this.#track(this.#readOnce(reading, true));
      if (!this.#queue.isInFlight) break;
      await wakeSignal.wait(NEVER);
    }
    for (const item of this.#queue.takeUnsent())
      this.#note({ number: item.position, state: toUnsentState(item, clock.now()), revertSend: true });
    for (const { item, reads } of this.#queue.takeUnread())
      if (reads !== (item.state.reads ?? 0))
        this.#note({ number: item.position, state: { ...item.state, reads } });
    return this.#writer.shutDown(() => this.#stopping.why ?? { kind: 'finished' });
  }
}

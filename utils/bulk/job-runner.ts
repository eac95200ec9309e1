import type { QrCode } from '../enkash/qr-code.ts';
import type { Clock } from '../lib/clock.ts';
import { type Bell, createBell } from '../lib/wake-signal.ts';
import type { Account } from '../model/account.ts';
import type { GatewayAnswer } from '../model/gateway-result.ts';
import type { Job, JobState } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { Settled } from '../qr-code/cancel.ts';
import type { Pace } from './concurrency-limiter.ts';
import { FailurePolicy } from './failure-policy.ts';
import {
  afterReading,
  afterSending,
  delayAfter,
  isIntermediarys,
  released,
  type Sign,
  type Verdict,
} from './item-transitions.ts';
import { INTERRUPTED, type ItemChange, type JobStore, type TakenOver } from './job-store.ts';
import { ResultWriter, type Written } from './result-writer.ts';
import { type Reading, WorkQueue } from './work-queue.ts';

/** Why a run is to stop. */
export type Stop = Extract<JobState, { kind: 'paused' | 'ended' }>;

/** A job being worked on. */
export interface Run {
  /** The state in which it was left, on disk. Rejects where that could not be written. */
  done: Promise<JobState>;
  /** Sends nothing new from this moment on; what is under way is settled first. An end outweighs a pause. */
  stop(why: Stop): void;
}

export interface RunDeps {
  jobs: JobStore;
  clock: Clock;
  pace: Pace;
  /** Sends one cancel, once, and settles it by a read where that can be done at once. */
  send(account: Account, item: Item, noteSentAgain: () => Promise<void>): Promise<Settled>;
  read(account: Account, qrCodeId: string): Promise<GatewayAnswer<QrCode>>;
  /** Called after each write to the journal, with the number of settled codes. */
  onProgress(done: number, total: number): void;
}

/** Longer waits pause the job, so that the page shows why nothing happens. */
const SHORT_HOLD_MS = 5_000;
const LOOK_FOR_CONNECTION_AFTER_MS = 15_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Signs that the gateway is asked for too much. */
const STRAIN: readonly Sign[] = ['strained', 'server', 'intermediary', 'rate'];

/** A read that failed in this extension, before there was a response. */
const FAILED_READ: GatewayAnswer<QrCode> = { kind: 'unclear', reason: 'connection' };

/** Shared with whoever may stop a run, from before it has its lease. */
interface Stopping {
  why: Stop | undefined;
  bell: Bell;
}

/**
 * Works on a job until it is finished, or something stops it. What an earlier run was sending is settled by reads
 * before anything else is sent.
 */
export function startRun(deps: RunDeps, job: Job, browserSession: string, stopAtOnce?: Stop): Run {
  const stopping: Stopping = { why: stopAtOnce, bell: createBell(deps.clock) };
  async function work(): Promise<JobState> {
    // From the first write on the journal says that nothing more is to be sent, whatever fails afterwards.
    const state: JobState =
      stopAtOnce?.kind === 'ended' ? { kind: 'paused', by: 'user' } : (stopAtOnce ?? { kind: 'running' });
    const taken = await deps.jobs.takeOver(job.jobId, browserSession, state);
    return new JobRunner(deps, job, taken, stopping).run();
  }
  return {
    done: work(),
    stop(why) {
      if (stopping.why?.kind !== 'ended') stopping.why = why;
      stopping.bell.ring();
    },
  };
}

class JobRunner {
  readonly #deps: RunDeps;
  readonly #job: Job;
  readonly #lease: TakenOver['lease'];
  readonly #stopping: Stopping;
  readonly #queue: WorkQueue;
  readonly #writer: ResultWriter;
  readonly #policy: FailurePolicy;
  #lookedAt = 0;

  constructor(deps: RunDeps, job: Job, { lease, unknown, unfinished }: TakenOver, stopping: Stopping) {
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
    while (!this.#stopping.why && this.#writer.broken === undefined) {
      const now = clock.now();
      if (now < this.#lookedAt) {
        this.#queue.forgetDeadlines();
        this.#writer.forgetDeadlines();
      }
      this.#lookedAt = now;
      this.#startRequests(now);
      this.#startWrite(now);
      if (this.#queue.isEmpty && !this.#writer.isWriting && !this.#writer.holdsUnfinished) break;
      await this.#stopping.bell.wait(Math.max(0, this.#nextMoment() - clock.now()));
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
    const unknown = { ...item, state: { kind: 'unknown', otherwise: INTERRUPTED } } as const;
    const { sign, response, holdUntil, pause } = afterReading(unknown, read, 0, now);
    if (sign === 'server' || sign === 'intermediary' || sign === 'sign-in-failed')
      this.#pause(this.#policy.open(sign, now, response));
    else if (pause) this.#apply(item, { sign: 'none', pause });
    // The gateway put the probe off: it is made later.
    else if (holdUntil !== undefined && state.kind === 'paused') this.#pause({ ...state, until: holdUntil });
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
    void this.#queue.track(request).finally(this.#stopping.bell.ring);
  }

  async #sendOnce(claimed: Item): Promise<void> {
    const { send, clock } = this.#deps;
    let item = claimed;
    let hasLeft = true;
    const noteSentAgain = async () => {
      if (!this.#stopping.why) {
        await this.#deps.jobs.noteSentAgain(this.#lease, item.number);
        hasLeft = !this.#stopping.why;
      }
      if (this.#stopping.why) throw new Error('The job was stopped.');
      item = { ...item, sendings: item.sendings + 1 };
    };
    const verdict: Verdict & Pick<ItemChange, 'subject'> = await send(
      this.#job.account,
      claimed,
      noteSentAgain,
    ).then(
      ({ outcome, qrCode }) => {
        const isForeign = outcome.kind === 'unconfirmed' && isIntermediarys(outcome.reason);
        const counts = this.#policy.counts(item.number, isForeign);
        return { ...afterSending(item, outcome, clock.now(), counts), subject: qrCode };
      },
      // The result is not known then, and a read has to show it.
      () => ({ state: { kind: 'unknown', otherwise: INTERRUPTED }, sign: 'server' }),
    );
    this.#apply(item, verdict);
    // A sending that was written down and stopped before it left is taken back.
    const takeBackSending = !hasLeft || verdict.takeBackSending === true;
    this.#note({ number: item.number, ...verdict, takeBackSending });
    if (verdict.state?.kind === 'unknown') this.#queue.readAt(0, { ...item, state: verdict.state }, 0);
  }

  async #readOnce({ item, reads }: Reading, isLastLook = false): Promise<void> {
    const { clock } = this.#deps;
    const read = await this.#read(item);
    const failed = reads + (this.#policy.counts(item.number) ? 1 : 0);
    const verdict = afterReading(item, read, failed, clock.now());
    this.#apply(item, verdict);
    if (verdict.state) {
      const subject = read.kind === 'answered' ? read.payload : undefined;
      this.#note({ number: item.number, state: verdict.state, subject });
    }
    if (verdict.state || isLastLook) return;
    // A read that was not made, or that the gateway put off, is none that failed.
    const isFailure = read.kind === 'unclear' || read.kind === 'rejected';
    const soFar = isFailure ? failed : reads;
    const delay = isFailure || soFar > 0 ? delayAfter(soFar) : 0;
    this.#queue.readAt(clock.now() + delay, item, soFar);
  }

  #read({ qrCodeId }: Item): Promise<GatewayAnswer<QrCode>> {
    return this.#deps.read(this.#job.account, qrCodeId).catch(() => FAILED_READ);
  }

  #note({ number, state, subject, takeBackSending = false }: Partial<ItemChange> & { number: number }): void {
    if (state) this.#writer.add({ number, state, subject, takeBackSending });
  }

  /** Applies one response to the health of the whole job. */
  #apply(item: Item, { sign, response, pause, holdUntil = 0 }: Verdict): void {
    const { pace, clock } = this.#deps;
    const now = clock.now();
    if (sign === 'good' || sign === 'refused') pace.succeeded();
    else if (STRAIN.includes(sign)) pace.struggled();
    this.#queue.hold(holdUntil);
    const opened = this.#policy.note(item, sign, now, response);
    const until = pause === 'offline' ? { until: now + LOOK_FOR_CONNECTION_AFTER_MS } : {};
    if (pause) this.#pause({ kind: 'paused', by: pause, ...until });
    else if (opened) this.#pause(opened);
    else if (this.#queue.holdUntil - now > SHORT_HOLD_MS)
      this.#pause({ kind: 'paused', by: 'rate', until: this.#queue.holdUntil });
  }

  #pause(why: Stop): void {
    this.#stopping.why ??= why;
  }

  #startWrite(now: number): void {
    if (now < this.#writer.nextWrite()) return;
    const claim = this.#stopping.why ? 0 : this.#queue.claimSize(now);
    if (claim === 0 && now < this.#writer.nextFlush()) return;
    const pendingFirst = this.#policy.isHalfOpen;
    void this.#writer.write({ claim, pendingFirst }).finally(this.#stopping.bell.ring);
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
    const { bell } = this.#stopping;
    while (this.#queue.isInFlight || this.#writer.isWriting) await bell.wait(NEVER);
    while (this.#stopping.why?.kind === 'ended' && this.#writer.broken === undefined) {
      // The last look at what is not known; what this does not show is left as not confirmed.
      const next = () => this.#queue.takeReading(NEVER);
      for (let reading = next(); reading; reading = next()) this.#track(this.#readOnce(reading, true));
      if (!this.#queue.isInFlight) break;
      await bell.wait(NEVER);
    }
    for (const item of this.#queue.takeUnsent())
      this.#note({ number: item.number, state: released(item, clock.now()), takeBackSending: true });
    for (const { item, reads } of this.#queue.takeUnread())
      if (reads !== (item.state.reads ?? 0))
        this.#note({ number: item.number, state: { ...item.state, reads } });
    return this.#writer.close(() => this.#stopping.why ?? { kind: 'finished' });
  }
}

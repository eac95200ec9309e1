import type { Clock } from '../clock.ts';
import type { Account } from '../enkash/account.ts';
import type { GatewayAnswer } from '../enkash/errors.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { Settled } from '../qr-code/cancel.ts';
import { createBell } from './bell.ts';
import { type Item, isFinal } from './item.ts';
import type { Job, JobState } from './job.ts';
import {
  INTERRUPTED,
  type ItemChange,
  type JobStore,
  type Lease,
  Superseded,
  type TakenOver,
} from './job-store.ts';
import type { Pace } from './pace.ts';
import { afterReading, afterSending, delayAfter, givenBack, type Verdict } from './verdict.ts';

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
  /** Told whenever the journal has moved on, with how many codes are settled. */
  onProgress(done: number, total: number): void;
}

/** The fewest items that are claimed in one transaction. After a crash the whole window is settled by reading. */
const SMALLEST_WINDOW = 12;
/** How long a result may wait to be written together with others. */
const FLUSH_AFTER_MS = 100;
/** Waits up to this are waited for; for a longer one the job is paused, so that everybody can see why. */
const SHORT_HOLD_MS = 5_000;
const SERVER_FAILURES = 5;
const SIGN_IN_FAILURES = 3;
const PROBE_AFTER_MS = 10_000;
const PROBE_AT_LEAST_EVERY_MS = 300_000;
const LOOK_FOR_CONNECTION_AFTER_MS = 15_000;
const JOURNAL_FAILURES = 3;
const JOURNAL_RETRY_MS = 1_000;

interface Reading {
  item: Item;
  notBefore: number;
  reads: number;
}

/**
 * Works on a job until it is finished, or something stops it. What an earlier run was sending is settled by reads
 * before anything else is sent.
 */
export function startRun(deps: RunDeps, job: Job, browserSession: string, stopAtOnce?: Stop): Run {
  const { jobs, clock, pace } = deps;
  const { account, total } = job;
  const bell = createBell(clock);
  const ready: Item[] = [];
  const readings: Reading[] = [];
  let results: ItemChange[] = [];
  let resultsSince = 0;
  let stop = stopAtOnce;
  let inFlight = 0;
  let committing: Promise<void> | undefined;
  let commitNotBefore = 0;
  let journalFailures = 0;
  let broken: unknown;
  /** Whether nothing can be claimed before `dueAt`. */
  let exhausted = false;
  let dueAt = Number.POSITIVE_INFINITY;
  let holdUntil = 0;
  let serverFailures = 0;
  let signInFailures = 0;
  let left = 0;
  let lookedAt = 0;
  let lease: Lease = { jobId: job.jobId, epoch: job.epoch };

  async function run(): Promise<JobState> {
    // From the first write on the journal says that nothing more is to be sent, whatever fails afterwards.
    const begun: JobState =
      stop?.kind === 'ended' ? { kind: 'paused', by: 'user' } : (stop ?? { kind: 'running' });
    const taken = await jobs.takeOver(job.jobId, browserSession, begun);
    lease = taken.lease;
    left = taken.unfinished;
    readings.push(...taken.unknown.map((item) => ({ item, notBefore: 0, reads: 0 })));
    if (!stop && job.state.kind === 'paused' && job.state.by === 'server')
      await probe(taken, job.state.probes);
    while (!stop && broken === undefined) {
      const now = clock.now();
      if (now < lookedAt) forgetMoments();
      lookedAt = now;
      begin(now);
      if (!committing && now >= commitNotBefore && (claimSize(now) > 0 || isFlushDue(now)))
        committing = commit(claimSize(now)).finally(() => {
          committing = undefined;
          bell.ring();
        });
      if (isAllDone()) break;
      await bell.wait(nextMoment() - clock.now());
    }
    return close();
  }

  /** The clock was set back: what was to be waited for by it can't be told any more. */
  function forgetMoments(): void {
    holdUntil = 0;
    commitNotBefore = 0;
    resultsSince = 0;
    exhausted = false;
    for (const reading of readings) reading.notBefore = 0;
  }

  /** Starts as much as may be under way: first what has to be read, since nothing is known of it. */
  function begin(now: number): void {
    if (now < holdUntil) return;
    while (!stop && inFlight < pace.limit) {
      const due = readings.findIndex(({ notBefore }) => notBefore <= now);
      const [reading] = due < 0 ? [] : readings.splice(due, 1);
      const item = reading ? undefined : ready.shift();
      if (reading) void underWay(readOnce(reading));
      else if (item) void underWay(sendOnce(item));
      else return;
    }
  }

  async function underWay(work: Promise<void>): Promise<void> {
    inFlight += 1;
    await work;
    inFlight -= 1;
    bell.ring();
  }

  async function sendOnce(item: Item): Promise<void> {
    const verdict = await deps
      .send(account, item, () => noteSentAgain(item))
      .then(
        ({ outcome, qrCode }) => ({ ...afterSending(item, outcome, clock.now()), subject: qrCode }),
        // Nothing is known then, and a read has to tell.
        () => ({ state: { kind: 'unknown', otherwise: INTERRUPTED } as const, sign: 'server' as const }),
      );
    heed(verdict);
    note({ number: item.number, ...verdict });
    if (verdict.state?.kind === 'unknown') readLater({ ...item, state: verdict.state }, 0);
  }

  async function readOnce({ item, reads }: Reading): Promise<void> {
    if (item.state.kind !== 'unknown') return;
    const read = await deps.read(account, item.qrCodeId);
    const unknown = { ...item, state: item.state };
    const verdict = afterReading(unknown, read, reads + 1, clock.now());
    heed(verdict);
    if (verdict.state)
      note({
        number: item.number,
        state: verdict.state,
        subject: read.kind === 'answered' ? read.payload : undefined,
      });
    // A read that was not made, or that the gateway put off, does not count as one that failed.
    else readLater(item, verdict.sign === 'server' || read.kind === 'rejected' ? reads + 1 : reads);
  }

  function readLater(item: Item, reads: number): void {
    readings.push({ item, reads, notBefore: reads === 0 ? 0 : clock.now() + delayAfter(reads) });
  }

  async function noteSentAgain(item: Item): Promise<void> {
    if (stop) throw new Error('The job was stopped.');
    await jobs.noteSentAgain(lease, item.number);
    if (stop) throw new Error('The job was stopped.');
  }

  function note(change: Partial<ItemChange> & { number: number }): void {
    const { number, state, subject, takeBackSending = false } = change;
    if (!state) return;
    if (results.length === 0) resultsSince = clock.now();
    results.push({ number, state, subject, takeBackSending });
  }

  /** What one answer means for all the other codes. */
  function heed({ sign, pause, holdUntil: until = 0 }: Verdict): void {
    const now = clock.now();
    if (sign === 'good' || sign === 'strained') {
      serverFailures = 0;
      signInFailures = 0;
    }
    if (sign === 'good') pace.succeeded();
    if (sign === 'strained' || sign === 'server' || sign === 'rate') pace.struggled();
    if (sign === 'server') serverFailures += 1;
    if (sign === 'sign-in') signInFailures += 1;
    holdUntil = Math.max(holdUntil, until);
    if (pause === 'offline') pauseFor({ by: 'offline', until: now + LOOK_FOR_CONNECTION_AFTER_MS });
    else if (pause) pauseFor({ by: pause });
    else if (signInFailures >= SIGN_IN_FAILURES) pauseFor({ by: 'sign-in' });
    else if (serverFailures >= SERVER_FAILURES) pauseFor({ by: 'server', until: now + PROBE_AFTER_MS });
    else if (holdUntil - now > SHORT_HOLD_MS) pauseFor({ by: 'rate', until: holdUntil });
  }

  function pauseFor(why: Omit<Stop & { kind: 'paused' }, 'kind'>): void {
    stop ??= { kind: 'paused', ...why };
  }

  /** After failures of the gateway, one read shows whether it is worth while to go on. */
  async function probe({ first }: TakenOver, probes = 0): Promise<void> {
    if (!first) return;
    const read = await deps.read(account, first.qrCodeId);
    const unknown = { kind: 'unknown', otherwise: INTERRUPTED } as const;
    const { sign, ...verdict } = afterReading({ ...first, state: unknown }, read, 1, clock.now());
    const delay = Math.min(PROBE_AT_LEAST_EVERY_MS, PROBE_AFTER_MS * 2 ** (probes + 1));
    if (sign === 'server') pauseFor({ by: 'server', until: clock.now() + delay, probes: probes + 1 });
    else heed({ ...verdict, sign: 'none' });
  }

  function claimSize(now: number): number {
    if (stop || now < holdUntil || (exhausted && now < dueAt) || !hasRoom()) return 0;
    return Math.max(SMALLEST_WINDOW, 2 * pace.limit) - ready.length;
  }

  /** What an earlier run left behind is settled before more is begun. */
  function hasRoom(): boolean {
    return ready.length < pace.limit && readings.length < pace.limit;
  }

  function isFlushDue(now: number): boolean {
    return results.length > 0 && now - resultsSince >= FLUSH_AFTER_MS;
  }

  async function commit(claim: number, state?: JobState): Promise<void> {
    const changes = results;
    results = [];
    try {
      const committed = await jobs.commit(lease, { changes, claim, ...(state ? { state } : {}) });
      journalFailures = 0;
      if (claim > 0) {
        ready.push(...committed.claimed);
        exhausted = committed.claimed.length < claim;
        dueAt = committed.nextDue ?? Number.POSITIVE_INFINITY;
      } else {
        for (const change of changes) {
          if (change.state.kind === 'pending') exhausted = false;
          if (change.state.kind === 'waiting') dueAt = Math.min(dueAt, change.state.notBefore);
        }
      }
      left -= changes.filter((change) => isFinal(change.state)).length;
      deps.onProgress(total - left, total);
    } catch (error) {
      results = [...changes, ...results];
      journalFailures += 1;
      commitNotBefore = clock.now() + JOURNAL_RETRY_MS;
      if (error instanceof Superseded || journalFailures >= JOURNAL_FAILURES) broken = error;
    }
  }

  function isAllDone(): boolean {
    return (
      exhausted &&
      dueAt === Number.POSITIVE_INFINITY &&
      !committing &&
      inFlight + ready.length + readings.length === 0 &&
      !results.some(({ state }) => state.kind === 'waiting' || state.kind === 'pending')
    );
  }

  /** When, if nothing else happens before, there is something to do. */
  function nextMoment(): number {
    const never = Number.POSITIVE_INFINITY;
    const flushAt = results.length > 0 ? Math.max(resultsSince + FLUSH_AFTER_MS, commitNotBefore) : never;
    const claimAt = hasRoom() ? Math.max(exhausted ? dueAt : 0, holdUntil, commitNotBefore) : never;
    const readAt = Math.min(...readings.map(({ notBefore }) => Math.max(notBefore, holdUntil)));
    const sendAt = ready.length > 0 ? holdUntil : never;
    return Math.min(
      committing ? never : Math.min(flushAt, claimAt),
      inFlight < pace.limit ? Math.min(readAt, sendAt) : never,
    );
  }

  /** Leaves nothing under way, gives back what was not sent, and writes down how the job stands. */
  async function close(): Promise<JobState> {
    while (inFlight > 0 || committing) await bell.wait(Number.POSITIVE_INFINITY);
    while (stop?.kind === 'ended' && broken === undefined && (readings.length > 0 || inFlight > 0)) {
      // The last look at what is not known; what this does not tell is left as not confirmed.
      while (inFlight < pace.limit && readings.length > 0) {
        const reading = readings.shift();
        if (reading) void underWay(lookOnce(reading));
      }
      await bell.wait(Number.POSITIVE_INFINITY);
    }
    for (const item of ready.splice(0)) note({ number: item.number, ...givenBack(item, clock.now()) });
    for (;;) {
      if (broken !== undefined) throw broken;
      const state: JobState = stop ?? { kind: 'finished' };
      await commit(0, state);
      if (journalFailures === 0) return state;
      await clock.sleep(JOURNAL_RETRY_MS);
    }
  }

  async function lookOnce(reading: Reading): Promise<void> {
    await readOnce(reading);
    const again = readings.findIndex(({ item }) => item.number === reading.item.number);
    if (again >= 0) readings.splice(again, 1);
  }

  return {
    done: run(),
    stop(why) {
      if (stop?.kind !== 'ended') stop = why;
      bell.ring();
    },
  };
}

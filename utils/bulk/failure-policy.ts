import type { JobState, PausingResponse } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { FailureSignal, HealthSignal } from './gateway-health.ts';

type Paused = JobState & { kind: 'paused' };

/** Consecutive failures of one kind that pause a job. */
const MOST_IN_A_ROW = 5;
/** Fewer for refused keys, as EnKash may block the account. */
const MOST_REFUSED_KEYS = 3;
const FIRST_PROBE_AFTER_MS = 10_000;
const MAX_PROBE_DELAY_MS = 300_000;

/** Consecutive failures of one kind, and the position of the item that failed last. */
interface FailureStreak {
  count: number;
  lastPosition: number;
}

/**
 * A job's circuit breaker. Counts consecutive failures of each kind and opens at a threshold, which pauses the job. After
 * a timed pause, one read (a probe) decides whether the breaker half-opens or the job pauses for longer.
 */
export class FailurePolicy {
  /** Consecutive failed probes before this run; `undefined` if no probe is needed. */
  readonly probesBefore: number | undefined;
  readonly #streaks = new Map<FailureSignal, FailureStreak>();
  /** The last refusal as text, without the id in it. */
  #refusalText = '';
  /** The position of the first item that failed since the last success. */
  #failing: number | undefined;
  #haveSeveralFailed = false;
  #failedProbes: number;
  #hasProbed = false;
  #isHalfOpen = false;

  /** @param state The state in which the last run left the job. */
  constructor(state: JobState) {
    this.probesBefore = state.kind === 'paused' ? state.failedProbes : undefined;
    this.#failedProbes = this.probesBefore === undefined ? 0 : this.probesBefore + 1;
  }

  /** Whether a probe succeeded and no other response has been `ok` since. */
  get isHalfOpen(): boolean {
    return this.#isHalfOpen;
  }

  /**
   * Whether a failed read or send counts against its item, which ends after some of them. It does not while other items
   * fail too, as then no item is the cause. After a probe it does, unless an intermediary stopped a send: an intermediary
   * may let reads pass and stop every cancel.
   */
  counts(position: number, isStoppedSending = false): boolean {
    return this.#isAlone(position) || (this.#hasProbed && !isStoppedSending);
  }

  /** Records the signal of one response. Returns the pause if the breaker opens. `now` is epoch milliseconds. */
  record(
    item: Pick<Item, 'position' | 'qrCodeId'>,
    sign: HealthSignal,
    now: number,
    response?: PausingResponse,
  ): Paused | undefined {
    switch (sign) {
      case 'none':
      case 'rate':
        return undefined;
      case 'ok':
      case 'degraded':
        this.#reset();
        return undefined;
      case 'refused':
        this.#noteRefusal(item.qrCodeId, response);
    }
    return this.#reachesThreshold(item.position, sign) ? this.open(sign, now, response) : undefined;
  }

  /** Half-opens the breaker: EnKash answered the probe. */
  noteProbe(): void {
    this.#hasProbed = true;
    this.#isHalfOpen = true;
  }

  /** The pause for failures of a kind. Its delay doubles with each failed probe. */
  open(sign: FailureSignal, now: number, response?: PausingResponse): Paused {
    if (sign === 'refused') return { kind: 'paused', by: sign, response };
    if (sign === 'unauthorized') return { kind: 'paused', by: 'sign-in', response };
    const until = now + Math.min(MAX_PROBE_DELAY_MS, FIRST_PROBE_AFTER_MS * 2 ** this.#failedProbes);
    const by = sign === 'sign-in-failed' ? 'auth-unavailable' : sign;
    return { kind: 'paused', by, until, failedProbes: this.#failedProbes, response };
  }

  #isAlone(position: number): boolean {
    return !this.#haveSeveralFailed && (this.#failing ?? position) === position;
  }

  #reset(): void {
    this.#streaks.clear();
    this.#failing = undefined;
    this.#haveSeveralFailed = false;
    this.#isHalfOpen = false;
    this.#failedProbes = 0;
  }

  /** A refusal comes from EnKash, so it ends the streaks of other failures. A different refusal starts a new streak. */
  #noteRefusal(qrCodeId: string, { httpStatus, code, message = '', isNotFound }: PausingResponse = {}): void {
    const text = isNotFound ? 'not found' : `${httpStatus} ${code} ${message.replaceAll(qrCodeId, '')}`;
    const streak = text === this.#refusalText ? this.#streaks.get('refused') : undefined;
    this.#reset();
    this.#refusalText = text;
    if (streak) this.#streaks.set('refused', streak);
  }

  #reachesThreshold(position: number, sign: FailureSignal): boolean {
    if (!this.#isAlone(position)) this.#haveSeveralFailed = true;
    this.#failing ??= position;
    const streak = this.#streaks.get(sign) ?? { count: 0, lastPosition: 0 };
    this.#streaks.set(sign, streak);
    // A repeated failure of one item says nothing about the others. A failed sign-in concerns all of them.
    if (streak.lastPosition !== position || sign === 'unauthorized' || sign === 'sign-in-failed')
      streak.count += 1;
    streak.lastPosition = position;
    return streak.count >= (sign === 'unauthorized' ? MOST_REFUSED_KEYS : MOST_IN_A_ROW);
  }
}

import type { JobState, PausingResponse } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';
import type { FailureSign, Sign } from './item-transitions.ts';

type Paused = JobState & { kind: 'paused' };

/** How many failures of one kind in a row pause a job. */
const MOST_IN_A_ROW = 5;
/** Fewer, since EnKash may block the account. */
const MOST_REFUSED_KEYS = 3;
const FIRST_PROBE_AFTER_MS = 10_000;
const MAX_PROBE_DELAY_MS = 300_000;

/** Failures of one kind since the last good answer, and the number of the item that failed last. */
interface Row {
  count: number;
  last: number;
}

/**
 * A job's circuit breaker. Counts the failures of each kind in a row and opens at a threshold, which pauses the job.
 * After a pause that ends by itself, one read (a probe) decides whether the breaker closes or the job pauses for longer.
 */
export class FailurePolicy {
  /** How many probes have failed in a row before this run; `undefined` if no probe is needed. */
  readonly probesBefore: number | undefined;
  readonly #rows = new Map<FailureSign, Row>();
  /** Words of the last refusal, without the id in it. */
  #words = '';
  /** The first item that failed since the last good answer. */
  #failing: number | undefined;
  #severalFail = false;
  #probes: number;
  #hasProbed = false;
  #isHalfOpen = false;

  /** @param state The state in which the job was left. */
  constructor(state: JobState) {
    this.probesBefore = state.kind === 'paused' ? state.failedProbes : undefined;
    this.#probes = this.probesBefore === undefined ? 0 : this.probesBefore + 1;
  }

  /** Whether a probe succeeded, and no other answer was good since. */
  get isHalfOpen(): boolean {
    return this.#isHalfOpen;
  }

  /**
   * Whether a failed read or sending counts against its item, which is given up after some. It does not while other items
   * fail too, since then the cause is none of them. After a probe it does, unless an intermediary stopped a sending: it
   * may let reads pass and stop every cancel.
   */
  counts(number: number, isStoppedSending = false): boolean {
    return this.#isAlone(number) || (this.#hasProbed && !isStoppedSending);
  }

  /** Applies one response to the health of the whole job. Returns the pause if the breaker opens. */
  queueResult(
    item: Pick<Item, 'position' | 'qrCodeId'>,
    sign: Sign,
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
        this.#startRefusal(item.qrCodeId, response);
    }
    return this.#isOneTooMany(item.position, sign) ? this.open(sign, now, response) : undefined;
  }

  /** A probe got EnKash's own word. */
  noteProbe(): void {
    this.#hasProbed = true;
    this.#isHalfOpen = true;
  }

  /** The pause for failures of a kind; waits twice as long after each failed probe. */
  open(sign: FailureSign, now: number, response?: PausingResponse): Paused {
    if (sign === 'refused') return { kind: 'paused', by: sign, response };
    if (sign === 'unauthorized') return { kind: 'paused', by: 'sign-in', response };
    const until = now + Math.min(MAX_PROBE_DELAY_MS, FIRST_PROBE_AFTER_MS * 2 ** this.#probes);
    const by = sign === 'sign-in-failed' ? 'auth-unavailable' : sign;
    return { kind: 'paused', by, until, failedProbes: this.#probes, response };
  }

  #isAlone(number: number): boolean {
    return !this.#severalFail && (this.#failing ?? number) === number;
  }

  #reset(): void {
    this.#rows.clear();
    this.#failing = undefined;
    this.#severalFail = false;
    this.#isHalfOpen = false;
    this.#probes = 0;
  }

  /** A refusal is EnKash's own word, so it ends the rows of other failures. Other words start another row. */
  #startRefusal(
    qrCodeId: string,
    { httpStatus, code, message = '', isNotFound }: PausingResponse = {},
  ): void {
    const words = isNotFound ? 'not found' : `${httpStatus} ${code} ${message.replaceAll(qrCodeId, '')}`;
    const row = words === this.#words ? this.#rows.get('refused') : undefined;
    this.#reset();
    this.#words = words;
    if (row) this.#rows.set('refused', row);
  }

  #isOneTooMany(number: number, sign: FailureSign): boolean {
    if (!this.#isAlone(number)) this.#severalFail = true;
    this.#failing ??= number;
    const row = this.#rows.get(sign) ?? { count: 0, last: 0 };
    this.#rows.set(sign, row);
    // An item that fails again by itself says nothing about the others. The sign-in belongs to none of them.
    if (row.last !== number || sign === 'unauthorized' || sign === 'sign-in-failed') row.count += 1;
    row.last = number;
    return row.count >= (sign === 'unauthorized' ? MOST_REFUSED_KEYS : MOST_IN_A_ROW);
  }
}

import type { Item, UnknownItem } from '../model/job-item.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import type { Committed, ItemChange } from './job-commit.ts';

/** A read that is due at `notBefore` (epoch ms). `reads` counts the failed reads of this item alone. */
export interface PendingRead {
  item: UnknownItem;
  notBefore: number;
  reads: number;
}

/** The least number of claimed items to fill up to. */
const MIN_CLAIM = 12;
/**
 * The number of claimed items to fill up to, as a multiple of the limit of concurrent requests. After a crash every claimed
 * item must be read, and is not confirmed if no read succeeds.
 */
const CLAIM_AHEAD = 4;
/**
 * Items are claimed if fewer are left, as a multiple of the limit. A write takes some 35 ms at full load, and a round of
 * answers in slow start sends three times the limit.
 */
const CLAIM_BELOW = 2;
const NEVER = Number.POSITIVE_INFINITY;

/** The queue of claimed items and due reads, with the limit of concurrent requests and the next due times. */
export class WorkQueue {
  readonly #limiter: ConcurrencyLimiter;
  readonly #ready: Item[] = [];
  readonly #reads: PendingRead[] = [];
  #inFlight = 0;
  /** Whether the journal holds nothing to claim before `#dueAt`. */
  #exhausted = false;
  #dueAt = NEVER;
  #holdUntil = 0;

  constructor(limiter: ConcurrencyLimiter) {
    this.#limiter = limiter;
  }

  /** Epoch milliseconds before which the gateway wants no call. */
  get holdUntil(): number {
    return this.#holdUntil;
  }

  get isInFlight(): boolean {
    return this.#inFlight > 0;
  }

  /** Whether nothing is queued or in flight, and the journal holds nothing more to claim. */
  get isEmpty(): boolean {
    return (
      this.#exhausted &&
      this.#dueAt === NEVER &&
      this.#inFlight + this.#ready.length + this.#reads.length === 0
    );
  }

  /** Takes the next due read. The caller reads before it sends, as the results of these items are unknown. */
  takeReading(now: number): PendingRead | undefined {
    if (!this.#mayStart(now)) return undefined;
    const due = this.#reads.findIndex(({ notBefore }) => notBefore <= now);
    return due < 0 ? undefined : this.#reads.splice(due, 1)[0];
  }

  /** Takes the next item to send. */
  takeItem(now: number): Item | undefined {
    return this.#mayStart(now) ? this.#ready.shift() : undefined;
  }

  /** Takes every claimed item that was not sent. */
  takeUnsent(): Item[] {
    return this.#ready.splice(0);
  }

  /** Takes every queued read. */
  takeUnread(): PendingRead[] {
    return this.#reads.splice(0);
  }

  /** Counts a request as in flight until it is settled. */
  async track(request: Promise<void>): Promise<void> {
    this.#inFlight += 1;
    try {
      await request;
    } finally {
      this.#inFlight -= 1;
    }
  }

  readAt(notBefore: number, item: UnknownItem, reads: number): void {
    this.#reads.push({ item, notBefore, reads });
  }

  /** Delays every request until a moment (epoch ms). */
  hold(until: number): void {
    this.#holdUntil = Math.max(this.#holdUntil, until);
  }

  /** How many items to claim now; 0 if the queue is full, nothing is claimable, or requests are on hold. */
  claimCount(now: number): number {
    return now < this.nextClaim()
      ? 0
      : Math.max(MIN_CLAIM, CLAIM_AHEAD * this.#limiter.limit) - this.#ready.length;
  }

  /** Adds the items of a claim of `size` items. */
  addClaimed({ claimed, nextDue = NEVER }: Committed, size: number): void {
    this.#ready.push(...claimed);
    this.#exhausted = claimed.length < size;
    this.#dueAt = nextDue;
  }

  /** Makes items claimable again that were written with an open state. */
  onWritten(changes: readonly ItemChange[]): void {
    for (const { state } of changes) {
      if (state.kind === 'pending') this.#exhausted = false;
      if (state.kind === 'retry-scheduled') this.#dueAt = Math.min(this.#dueAt, state.retryAt);
    }
  }

  /** The clock moved backwards, so stored deadlines are meaningless: resets them. */
  resetDeadlines(): void {
    this.#holdUntil = 0;
    this.#exhausted = false;
    for (const read of this.#reads) read.notBefore = 0;
  }

  /** When the next request may start (epoch ms). */
  nextStart(): number {
    if (this.#inFlight >= this.#limiter.limit) return NEVER;
    let next = this.#ready.length > 0 ? this.#holdUntil : NEVER;
    for (const { notBefore } of this.#reads) next = Math.min(next, Math.max(notBefore, this.#holdUntil));
    return next;
  }

  /** When the next claim may be made (epoch ms). */
  nextClaim(): number {
    return this.#hasRoom() ? Math.max(this.#exhausted ? this.#dueAt : 0, this.#holdUntil) : NEVER;
  }

  #mayStart(now: number): boolean {
    return now >= this.#holdUntil && this.#inFlight < this.#limiter.limit;
  }

  /** Unresolved items of an earlier run count too: they are settled before more is claimed. */
  #hasRoom(): boolean {
    const { limit } = this.#limiter;
    return this.#ready.length < CLAIM_BELOW * limit && this.#reads.length < limit;
  }
}

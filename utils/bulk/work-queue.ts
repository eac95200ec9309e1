import type { Item, UnknownItem } from '../model/job-item.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import type { Committed, ItemChange } from './job-store.ts';

/** A read that is due at `retryAt` (epoch ms); `reads` counts the ones that failed for this item alone. */
export interface PendingRead {
  item: UnknownItem;
  notBefore: number;
  reads: number;
}

/** The fewest items that are claimed in one transaction. After a crash the whole window is settled by reading. */
const MIN_CLAIM = 12;
const NEVER = Number.POSITIVE_INFINITY;

/** What a job may send and read now: claimed items, due reads, the limit of requests at once, and due times. */
export class WorkQueue {
  readonly #pace: ConcurrencyLimiter;
  readonly #ready: Item[] = [];
  readonly #readings: PendingRead[] = [];
  #inFlight = 0;
  /** Whether nothing can be claimed before `#dueAt`. */
  #exhausted = false;
  #dueAt = NEVER;
  #holdUntil = 0;

  constructor(pace: ConcurrencyLimiter) {
    this.#pace = pace;
  }

  /** Epoch milliseconds before which the gateway wants no call. */
  get holdUntil(): number {
    return this.#holdUntil;
  }

  get isInFlight(): boolean {
    return this.#inFlight > 0;
  }

  /** Whether nothing is claimed, to be read or under way, and the journal holds nothing more to claim. */
  get isEmpty(): boolean {
    return (
      this.#exhausted &&
      this.#dueAt === NEVER &&
      this.#inFlight + this.#ready.length + this.#readings.length === 0
    );
  }

  /** Takes the next read that is due by then. Reads go before sendings, since nothing is known of their items. */
  takeReading(now: number): PendingRead | undefined {
    if (!this.#mayStart(now)) return undefined;
    const due = this.#readings.findIndex(({ notBefore }) => notBefore <= now);
    return due < 0 ? undefined : this.#readings.splice(due, 1)[0];
  }

  /** Takes the next item to send. */
  takeItem(now: number): Item | undefined {
    return this.#mayStart(now) ? this.#ready.shift() : undefined;
  }

  /** Takes every item that was claimed and not sent. */
  takeUnsent(): Item[] {
    return this.#ready.splice(0);
  }

  /** Takes every read that was not made. */
  takeUnread(): PendingRead[] {
    return this.#readings.splice(0);
  }

  /** Counts a request as under way until it is settled. */
  async track(request: Promise<void>): Promise<void> {
    this.#inFlight += 1;
    try {
      await request;
    } finally {
      this.#inFlight -= 1;
    }
  }

  readAt(notBefore: number, item: UnknownItem, reads: number): void {
    this.#readings.push({ item, notBefore, reads });
  }

  /** Holds back every request until then (epoch ms). */
  hold(until: number): void {
    this.#holdUntil = Math.max(this.#holdUntil, until);
  }

  /** How many items to claim now; 0 if there is no room, nothing to claim, or the gateway wants no call. */
  claimCount(now: number): number {
    return now < this.nextClaim() ? 0 : Math.max(MIN_CLAIM, 2 * this.#pace.limit) - this.#ready.length;
  }

  /** Adds the items of a claim of `size` items. */
  addClaimed({ claimed, nextDue = NEVER }: Committed, size: number): void {
    this.#ready.push(...claimed);
    this.#exhausted = claimed.length < size;
    this.#dueAt = nextDue;
  }

  /** Items that were written as not settled can be claimed again. */
  noteWritten(changes: readonly ItemChange[]): void {
    for (const { state } of changes) {
      if (state.kind === 'pending') this.#exhausted = false;
      if (state.kind === 'retry-scheduled') this.#dueAt = Math.min(this.#dueAt, state.retryAt);
    }
  }

  /** The clock moved backwards, so stored deadlines are meaningless: resets them. */
  forgetDeadlines(): void {
    this.#holdUntil = 0;
    this.#exhausted = false;
    for (const reading of this.#readings) reading.notBefore = 0;
  }

  /** When the next request may start (epoch ms). */
  nextStart(): number {
    if (this.#inFlight >= this.#pace.limit) return NEVER;
    let next = this.#ready.length > 0 ? this.#holdUntil : NEVER;
    for (const { notBefore } of this.#readings) next = Math.min(next, Math.max(notBefore, this.#holdUntil));
    return next;
  }

  /** When items can be claimed next (epoch ms). */
  nextClaim(): number {
    return this.#hasRoom() ? Math.max(this.#exhausted ? this.#dueAt : 0, this.#holdUntil) : NEVER;
  }

  #mayStart(now: number): boolean {
    return now >= this.#holdUntil && this.#inFlight < this.#pace.limit;
  }

  /** What an earlier run left behind is settled before more is claimed. */
  #hasRoom(): boolean {
    return this.#ready.length < this.#pace.limit && this.#readings.length < this.#pace.limit;
  }
}

import type { Clock } from '../lib/clock.ts';
import type { JobState } from '../model/job.ts';
import { isFinalItem } from '../model/job-item.ts';
import {
  type Commit,
  type Committed,
  type ItemChange,
  type JobStore,
  type Lease,
  LeaseLostError,
} from './job-store.ts';

export interface ResultWriterDeps {
  jobs: Pick<JobStore, 'commit'>;
  clock: Clock;
  lease: Lease;
  /** How many items have no final state yet. */
  unfinished: number;
  /** Called within each write that succeeded, before the next one may start. */
  onWritten(written: Written): void;
}

/** What a write has put on disk. */
export interface Written {
  changes: readonly ItemChange[];
  /** How many items it asked for, and what it got. */
  claim: number;
  committed: Committed;
  /** How many items have no final state yet. */
  unfinished: number;
}

/** How long a result may wait to be written together with others. */
const FLUSH_INTERVAL_MS = 100;
const MAX_WRITE_FAILURES = 3;
const JOURNAL_RETRY_MS = 1_000;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Writes results to the journal, several in one strict transaction, and keeps them if a write fails. Gives up after some
 * failures in a row, or at once if another runner has the job.
 */
export class ResultWriter {
  readonly #deps: ResultWriterDeps;
  #results: ItemChange[] = [];
  #resultsSince = 0;
  #unfinished: number;
  #isWriting = false;
  #notBefore = 0;
  #failures = 0;
  #broken: unknown;

  constructor(deps: ResultWriterDeps) {
    this.#deps = deps;
    this.#unfinished = deps.unfinished;
  }

  /** Why it gave up; `undefined` as long as it has not. */
  get fatalError(): unknown {
    return this.#broken;
  }

  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** Whether a result waits to be written that leaves its item to be claimed again. */
  get holdsUnfinished(): boolean {
    return this.#results.some(({ state }) => state.kind === 'retry-scheduled' || state.kind === 'pending');
  }

  add(change: ItemChange): void {
    if (this.#results.length === 0) this.#resultsSince = this.#deps.clock.now();
    this.#results.push(change);
  }

  /** When the results are to be written (epoch ms). */
  nextFlush(): number {
    return this.#results.length === 0
      ? NEVER
      : Math.max(this.#resultsSince + FLUSH_INTERVAL_MS, this.nextWrite());
  }

  /** When anything may be written (epoch ms). */
  nextWrite(): number {
    return this.#isWriting ? NEVER : this.#notBefore;
  }

  /** The clock moved backwards, so stored deadlines are meaningless: resets them. */
  forgetDeadlines(): void {
    this.#notBefore = 0;
    this.#resultsSince = 0;
  }

  /** Writes all results, with whatever else is to be written. Answers whether that succeeded; never throws. */
  async write(commit: Omit<Commit, 'changes'>): Promise<boolean> {
    const { jobs, clock, lease, onWritten } = this.#deps;
    const changes = this.#results;
    this.#results = [];
    this.#isWriting = true;
    try {
      const committed = await jobs.commit(lease, { ...commit, changes });
      this.#failures = 0;
      for (const { state } of changes) if (isFinalItem(state)) this.#unfinished -= 1;
      onWritten({ changes, claim: commit.claim ?? 0, committed, unfinished: this.#unfinished });
      return true;
    } catch (error) {
      this.#results = [...changes, ...this.#results];
      this.#failures += 1;
      this.#notBefore = clock.now() + JOURNAL_RETRY_MS;
      if (error instanceof LeaseLostError || this.#failures >= MAX_WRITE_FAILURES) this.#broken = error;
      return false;
    } finally {
      this.#isWriting = false;
    }
  }

  /** Writes the last results with the state in which the job is left, and returns it. Rejects if it gives up. */
  async shutDown(stateNow: () => JobState): Promise<JobState> {
    for (;;) {
      if (this.#broken !== undefined) throw this.#broken;
      const state = stateNow();
      if (await this.write({ state })) return state;
      await this.#deps.clock.sleep(JOURNAL_RETRY_MS);
    }
  }
}

import type { Clock } from '../lib/clock.ts';
import type { JobState } from '../model/job.ts';
import { isFinalItem } from '../model/job-item.ts';
import type { Commit, Committed, ItemChange } from './job-commit.ts';
import { type Lease, LeaseLostError } from './job-lease.ts';
import type { JobStore } from './job-store.ts';

export interface ResultWriterDeps {
  jobs: Pick<JobStore, 'commit'>;
  clock: Clock;
  lease: Lease;
  /** How many items have no final state yet. */
  unfinished: number;
  /** Called after each successful write, before the next one may start. */
  onWritten(written: Written): void;
}

/** A successful write. */
export interface Written {
  changes: readonly ItemChange[];
  /** How many items it tried to claim. */
  claim: number;
  committed: Committed;
  /** How many items have no final state yet. */
  unfinished: number;
}

/** The longest time that a result waits to be written together with others. */
const FLUSH_INTERVAL_MS = 100;
const MAX_WRITE_FAILURES = 3;
const JOURNAL_RETRY_MS = 1_000;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Writes results to the journal in batches, each in one transaction. Keeps the results of a failed write for the next
 * one. Stops after consecutive failures, or at once if another runner has the job.
 */
export class ResultWriter {
  readonly #deps: ResultWriterDeps;
  #results: ItemChange[] = [];
  #oldestResultAt = 0;
  #unfinished: number;
  #isWriting = false;
  #retryAt = 0;
  #failures = 0;
  #fatalError: unknown;

  constructor(deps: ResultWriterDeps) {
    this.#deps = deps;
    this.#unfinished = deps.unfinished;
  }

  /** The error that stopped the writer, if any. */
  get fatalError(): unknown {
    return this.#fatalError;
  }

  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** Whether an unwritten result makes its item claimable again. */
  get holdsUnfinished(): boolean {
    return this.#results.some(({ state }) => state.kind === 'retry-scheduled' || state.kind === 'pending');
  }

  add(change: ItemChange): void {
    if (this.#results.length === 0) this.#oldestResultAt = this.#deps.clock.now();
    this.#results.push(change);
  }

  /** When the next batch is due (epoch ms). */
  nextFlush(): number {
    return this.#results.length === 0
      ? NEVER
      : Math.max(this.#oldestResultAt + FLUSH_INTERVAL_MS, this.nextWrite());
  }

  /** When a write may start (epoch ms). */
  nextWrite(): number {
    return this.#isWriting ? NEVER : this.#retryAt;
  }

  /** The clock moved backwards, so stored deadlines are meaningless: resets them. */
  resetDeadlines(): void {
    this.#retryAt = 0;
    this.#oldestResultAt = 0;
  }

  /** Writes all results with the rest of the commit. Returns whether that succeeded; never rejects. */
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
      this.#retryAt = clock.now() + JOURNAL_RETRY_MS;
      if (error instanceof LeaseLostError || this.#failures >= MAX_WRITE_FAILURES) this.#fatalError = error;
      return false;
    } finally {
      this.#isWriting = false;
    }
  }

  /** Writes the last results with the job's last state, and returns it. Rejects if the writer has stopped. */
  async shutDown(readState: () => JobState): Promise<JobState> {
    for (;;) {
      if (this.#fatalError !== undefined) throw this.#fatalError;
      const state = readState();
      if (await this.write({ state })) return state;
      await this.#deps.clock.sleep(JOURNAL_RETRY_MS);
    }
  }
}

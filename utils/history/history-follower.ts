import { type ChainHead, createChainVerifier, type IntegrityViolation } from '../journal/hash-chain.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
import { createMutex } from '../lib/mutex.ts';
import { runInTimeSlices } from '../lib/time-slice.ts';
import type { ChainedRow } from '../model/history-row.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import { type HistoryEntry, timestampOf, toOpenEntry } from './history-entry.ts';
import { type HistoryReader, iterateNewestFirst, splitStrayRows } from './history-reader.ts';

type Bounds = Awaited<ReturnType<HistoryReader['loadBounds']>>;

/** Rows that are read and shown first. */
const FIRST_PAGE_SIZE = 300;

/** The result of the chain's verification. */
export type ChainView =
  | { kind: 'checking' }
  /** `since`: when the attempt of the oldest row started (epoch ms). */
  | { kind: 'whole'; rows: number; since: number | undefined }
  | { kind: 'broken'; breaks: readonly IntegrityViolation[] };

/** Receives the lines of the history as they are read. */
export interface HistoryListener {
  /** Discards all earlier lines. `rows` is the number of rows to come. */
  begin(rows: number): void;
  /** Lines, newest first, that are older than all earlier ones. */
  older(lines: readonly HistoryEntry[]): void;
  /** Lines, newest first, that are newer than all earlier ones. */
  newer(lines: readonly HistoryEntry[]): void;
  /** The open attempts, newest first. */
  open(lines: readonly HistoryEntry[]): void;
  /** The whole history has been read. */
  read(): void;
  chain(view: ChainView): void;
  /** The journal can't be read. */
  failed(trouble: JournalTrouble): void;
}

/** The whole history. */
export interface FullHistory {
  ends: ChainHead;
  /** The chain head was missing, so the ends are those of the rows. */
  isHeadMissing: boolean;
  /** Newest first. */
  lines: readonly HistoryEntry[];
}

/** Follows the history in the journal. Each look reads only the rows that were added. */
export interface HistoryFollower {
  /** Resolves when the newest lines were reported. Older lines follow. */
  look(): Promise<void>;
  /** The whole history, once it has been read; `undefined` if it can't be read. */
  all(): Promise<FullHistory | undefined>;
}

/** One reading of the journal, from the newest row to the oldest. An erasure invalidates it. */
interface HistorySnapshot extends FullHistory {
  isHeadMissing: boolean;
  ends: ChainHead;
  lines: HistoryEntry[];
  /** Lines that are not verified yet. */
  unchecked: HistoryEntry[];
  breaks: IntegrityViolation[];
  checked?: ChainHead;
  checking: boolean;
  isRead: boolean;
  /** Whether it came to its end. */
  done: Promise<boolean>;
}

/** Follows the journal's history, and reports it to the listener. */
export function createHistoryFollower(
  journal: HistoryReader,
  clock: Clock,
  listener: HistoryListener,
): HistoryFollower {
  const follower = new Follower(journal, clock, listener);
  return { look: () => follower.look(), all: () => follower.all() };
}

class Follower implements HistoryFollower {
  readonly #journal: HistoryReader;
  readonly #clock: Clock;
  readonly #listener: HistoryListener;
  readonly #runExclusive = createMutex();
  #current: HistorySnapshot | undefined;

  constructor(journal: HistoryReader, clock: Clock, listener: HistoryListener) {
    this.#journal = journal;
    this.#clock = clock;
    this.#listener = listener;
  }

  look(): Promise<void> {
    return this.#runExclusive(() => this.#refresh());
  }

  async all(): Promise<FullHistory | undefined> {
    for (;;) {
      await this.look();
      const snapshot = this.#current;
      const isRead = await snapshot?.done;
      if (snapshot && !this.#current) return undefined;
      // Rows that were erased in the meantime would look like removed ones.
      if (this.#current !== snapshot || (snapshot && (await this.#isStale(snapshot).catch(() => false))))
        continue;
      return snapshot && isRead
        ? { ends: snapshot.ends, isHeadMissing: snapshot.isHeadMissing, lines: snapshot.lines }
        : undefined;
    }
  }

  async #refresh(): Promise<void> {
    try {
      const bounds = await this.#journal.loadBounds();
      const open = (await this.#journal.findOpen()).map(toOpenEntry).reverse();
      if (!this.#current || hasDiverged(this.#current, bounds)) await this.#begin(bounds);
      else if (bounds.ends.row > this.#current.ends.row) await this.#readNewer(this.#current, bounds.ends);
      this.#listener.open(open);
    } catch (error) {
      this.#fail(this.#current, error);
    }
  }

  async #begin({ ends, isHeadMissing, outside }: Bounds): Promise<void> {
    const { below, above } = splitStrayRows(outside, ends.firstSequence);
    const snapshot = newSnapshot(ends, isHeadMissing);
    this.#current = snapshot;
    this.#listener.begin(ends.row - ends.firstSequence + 1);
    this.#addOlder(snapshot, above);
    const range = { from: ends.firstSequence, to: ends.row, few: FIRST_PAGE_SIZE };
    const chunks = iterateNewestFirst(this.#journal, range);
    const newest = await chunks.next();
    if (!newest.done) this.#addOlder(snapshot, newest.value);
    snapshot.done = this.#readOlder(snapshot, chunks, below);
  }

  /** Reads the rest, then starts the verification. Resolves to false if an erasure or an error ended it. */
  async #readOlder(
    snapshot: HistorySnapshot,
    chunks: AsyncIterable<readonly HistoryEntry[]>,
    below: readonly HistoryEntry[],
  ): Promise<boolean> {
    try {
      for await (const lines of chunks) {
        if (this.#current !== snapshot) return false;
        this.#addOlder(snapshot, lines);
      }
    } catch (error) {
      this.#fail(snapshot, error);
      return false;
    }
    if (this.#current !== snapshot) return false;
    this.#addOlder(snapshot, below);
    snapshot.unchecked = snapshot.lines;
    snapshot.isRead = true;
    this.#listener.read();
    this.#startCheck(snapshot);
    return true;
  }

  #addOlder(snapshot: HistorySnapshot, lines: readonly HistoryEntry[]): void {
    snapshot.lines.push(...lines);
    this.#listener.older(lines);
  }

  async #readNewer(snapshot: HistorySnapshot, ends: ChainHead): Promise<void> {
    const fresh: HistoryEntry[] = [];
    const range = { from: snapshot.ends.row + 1, to: ends.row };
    for await (const lines of iterateNewestFirst(this.#journal, range)) fresh.push(...lines);
    snapshot.lines = [...fresh, ...snapshot.lines];
    // Before everything is read, the check is given all lines at once.
    snapshot.unchecked = [...fresh, ...snapshot.unchecked];
    snapshot.ends = ends;
    this.#listener.newer(fresh);
    if (snapshot.isRead) this.#startCheck(snapshot);
  }

  #startCheck(snapshot: HistorySnapshot): void {
    void this.#check(snapshot).catch((error) => this.#fail(snapshot, error));
  }

  /** Verifies the new lines in time slices. */
  async #check(snapshot: HistorySnapshot): Promise<void> {
    if (snapshot.checking) return;
    snapshot.checking = true;
    const isCurrent = () => this.#current === snapshot;
    while (isCurrent() && (!snapshot.checked || snapshot.unchecked.length > 0)) {
      // Lets the page draw the new lines first.
      await this.#clock.sleep(0);
      if (!isCurrent()) return;
      if (!snapshot.checked) this.#listener.chain({ kind: 'checking' });
      if (!(await verifyUnchecked(snapshot, this.#clock, isCurrent))) return;
      if (snapshot.breaks.length > 0 && (await this.#isStale(snapshot))) return void this.look();
      if (isCurrent()) this.#listener.chain(resultOf(snapshot));
    }
    snapshot.checking = false;
  }

  /** Whether an erasure has invalidated the snapshot. Its rows are then missing without a violation. */
  async #isStale(snapshot: HistorySnapshot): Promise<boolean> {
    return hasDiverged(snapshot, await this.#journal.loadBounds());
  }

  #fail(snapshot: HistorySnapshot | undefined, error: unknown): void {
    if (this.#current !== snapshot) return;
    this.#current = undefined;
    this.#listener.failed(troubleOf(error));
  }
}

function newSnapshot(ends: ChainHead, isHeadMissing: boolean): HistorySnapshot {
  return {
    ends,
    isHeadMissing,
    lines: [],
    unchecked: [],
    breaks: [],
    checking: false,
    isRead: false,
    done: Promise.resolve(false),
  };
}

/** Verifies the lines that were not verified before. Resolves to false if it was stopped. */
async function verifyUnchecked(
  snapshot: HistorySnapshot,
  clock: Clock,
  isCurrent: () => boolean,
): Promise<boolean> {
  const { ends, isHeadMissing, checked } = snapshot;
  const rows = snapshot.unchecked.toReversed().map(({ record }) => record as ChainedRow);
  snapshot.unchecked = [];
  // New rows continue the chain after the last verified row.
  const chain = checked
    ? createChainVerifier({ ...ends, firstSequence: checked.row + 1, previousHash: checked.hash })
    : createChainVerifier(ends, isHeadMissing);
  if (!(await runInTimeSlices(rows, clock, (batch) => chain.verify(batch), isCurrent))) return false;
  const found = chain.finish().filter(({ kind }) => !checked || kind !== 'beginning');
  snapshot.breaks = [...snapshot.breaks, ...found];
  snapshot.checked = ends;
  return true;
}

/** Whether rows were erased since, or the chain was restarted. */
function hasDiverged(known: Pick<Bounds, 'ends' | 'isHeadMissing'>, now: Bounds): boolean {
  const [then, ends] = [known.ends, now.ends];
  return (
    now.isHeadMissing !== known.isHeadMissing ||
    ends.firstSequence !== then.firstSequence ||
    ends.previousHash !== then.previousHash ||
    ends.row < then.row
  );
}

function resultOf({ lines, breaks }: HistorySnapshot): ChainView {
  if (breaks.length > 0) return { kind: 'broken', breaks };
  const oldest = lines.at(-1);
  return { kind: 'whole', rows: lines.length, since: oldest && timestampOf(oldest) };
}

import { type ChainHead, createChainVerifier, type IntegrityViolation } from '../journal/hash-chain.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
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

export function createHistoryFollower(
  journal: HistoryReader,
  clock: Clock,
  listener: HistoryListener,
): HistoryFollower {
  let reading: HistorySnapshot | undefined;
  let refreshQueue: Promise<void> = Promise.resolve();

  async function begin({ ends, isHeadMissing, outside }: Bounds): Promise<void> {
    const { below, above } = splitStrayRows(outside, ends.firstSequence);
    const snapshot: HistorySnapshot = {
      ends,
      isHeadMissing,
      lines: [],
      unchecked: [],
      breaks: [],
      checking: false,
      isRead: false,
      done: Promise.resolve(false),
    };
    reading = snapshot;
    listener.begin(ends.row - ends.firstSequence + 1);
    const add = (lines: readonly HistoryEntry[]) => {
      snapshot.lines.push(...lines);
      listener.older(lines);
    };
    add(above);
    const chunks = iterateNewestFirst(journal, {
      from: ends.firstSequence,
      to: ends.row,
      few: FIRST_PAGE_SIZE,
    });
    const newest = await chunks.next();
    if (!newest.done) add(newest.value);
    snapshot.done = readOn();

    async function readOn(): Promise<boolean> {
      try {
        for await (const lines of chunks) {
          if (reading !== snapshot) return false;
          add(lines);
        }
      } catch (error) {
        fail(snapshot, error);
        return false;
      }
      if (reading !== snapshot) return false;
      add(below);
      snapshot.unchecked = snapshot.lines;
      snapshot.isRead = true;
      listener.read();
      void check(snapshot).catch((error) => fail(snapshot, error));
      return true;
    }
  }

  async function readNewer(mine: HistorySnapshot, ends: ChainHead): Promise<void> {
    const fresh: HistoryEntry[] = [];
    for await (const lines of iterateNewestFirst(journal, { from: mine.ends.row + 1, to: ends.row }))
      fresh.push(...lines);
    mine.lines = [...fresh, ...mine.lines];
    // Before everything is read, the check is given all lines at once.
    mine.unchecked = [...fresh, ...mine.unchecked];
    mine.ends = ends;
    listener.newer(fresh);
    if (mine.isRead) void check(mine).catch((error) => fail(mine, error));
  }

  /** Verifies the new lines in time slices. */
  async function check(mine: HistorySnapshot): Promise<void> {
    if (mine.checking) return;
    mine.checking = true;
    const isWanted = () => reading === mine;
    while (isWanted() && (!mine.checked || mine.unchecked.length > 0)) {
      // Lets the page draw the new lines first.
      await clock.sleep(0);
      if (!isWanted()) return;
      if (!mine.checked) listener.chain({ kind: 'checking' });
      const { ends, isHeadMissing, checked } = mine;
      const rows = mine.unchecked.toReversed().map(({ record }) => record as ChainedRow);
      mine.unchecked = [];
      // Rows that were added go on from the last one that was checked.
      const chain = checked
        ? createChainVerifier({ ...ends, firstSequence: checked.row + 1, previousHash: checked.hash })
        : createChainVerifier(ends, isHeadMissing);
      if (!(await runInTimeSlices(rows, clock, (batch) => chain.verify(batch), isWanted))) return;
      const found = chain.finish().filter(({ kind }) => !checked || kind !== 'beginning');
      mine.breaks = [...mine.breaks, ...found];
      mine.checked = ends;
      if (mine.breaks.length > 0 && (await isStale(mine))) return void refresh();
      if (isWanted()) listener.chain(resultOf(mine));
    }
    mine.checking = false;
  }

  /** Whether an erasure has invalidated the snapshot. Its rows are then missing without a violation. */
  async function isStale(mine: HistorySnapshot): Promise<boolean> {
    return hasDiverged(mine, await journal.loadBounds());
  }

  function fail(mine: HistorySnapshot | undefined, error: unknown): void {
    if (reading !== mine) return;
    reading = undefined;
    listener.failed(troubleOf(error));
  }

  async function refreshNow(): Promise<void> {
    try {
      const bounds = await journal.loadBounds();
      const open = (await journal.findOpen()).map(toOpenEntry).reverse();
      if (!reading || hasDiverged(reading, bounds)) await begin(bounds);
      else if (bounds.ends.row > reading.ends.row) await readNewer(reading, bounds.ends);
      listener.open(open);
    } catch (error) {
      fail(reading, error);
    }
  }

  function refresh(): Promise<void> {
    refreshQueue = refreshQueue.then(refreshNow);
    return refreshQueue;
  }

  return {
    look: refresh,
    async all() {
      for (;;) {
        await refresh();
        const mine = reading;
        const isRead = await mine?.done;
        if (mine && !reading) return undefined;
        // Rows that were erased in the meantime would look like removed ones.
        if (reading !== mine || (mine && (await isStale(mine).catch(() => false)))) continue;
        return mine && isRead
          ? { ends: mine.ends, isHeadMissing: mine.isHeadMissing, lines: mine.lines }
          : undefined;
      }
    },
  };
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

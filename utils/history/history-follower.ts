import { type ChainBreak, type ChainEnds, checkChain } from '../journal/hash-chain.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
import { inSlices } from '../lib/time-slice.ts';
import type { Chained } from '../model/history-row.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import { type HistoryLine, momentOf, openLineOf } from './history-entry.ts';
import { type HistoryToRead, readDown, sidesOf } from './history-reader.ts';

type Bounds = Awaited<ReturnType<HistoryToRead['bounds']>>;

/** Rows that are read and shown before all others. */
const FIRST_READ = 300;

/** What the check of the chain has shown. */
export type ChainView =
  | { kind: 'checking' }
  /** `since`: when the first of the rows was begun (epoch ms). */
  | { kind: 'whole'; rows: number; since: number | undefined }
  | { kind: 'broken'; breaks: readonly ChainBreak[] };

/** Is told what has been read of the history. */
export interface HistoryListener {
  /** All that was told before is void; so many rows are to come. */
  begin(rows: number): void;
  /** Lines, newest first, that come after all that were told. */
  older(lines: readonly HistoryLine[]): void;
  /** Lines, newest first, that come before all that were told. */
  newer(lines: readonly HistoryLine[]): void;
  /** The attempts that are open now, newest first. */
  open(lines: readonly HistoryLine[]): void;
  /** Everything there was has been read. */
  read(): void;
  chain(view: ChainView): void;
  /** The journal can't be read. */
  failed(trouble: JournalTrouble): void;
}

/** All of the history, as it was read. */
export interface WholeHistory {
  ends: ChainEnds;
  /** Those ends are not known any more, but read off the rows. */
  isLost: boolean;
  /** Newest first. */
  lines: readonly HistoryLine[];
}

/** Follows the history through the journal, reading only what was added since it last looked. */
export interface HistoryFollower {
  /** Answers once what is newest was told; what is older is read after that. */
  look(): Promise<void>;
  /** Everything, once it has been read; nothing where it can't be. */
  all(): Promise<WholeHistory | undefined>;
}

/** One reading of the journal, from the newest row to the oldest. An erasure makes it void. */
interface Reading extends WholeHistory {
  isLost: boolean;
  ends: ChainEnds;
  lines: HistoryLine[];
  /** Lines that the check has not been given yet. */
  unchecked: HistoryLine[];
  breaks: ChainBreak[];
  checked?: ChainEnds;
  checking: boolean;
  isRead: boolean;
  /** Whether it came to its end. */
  done: Promise<boolean>;
}

export function followHistory(
  journal: HistoryToRead,
  clock: Clock,
  listener: HistoryListener,
): HistoryFollower {
  let reading: Reading | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function begin({ ends, isLost, outside }: Bounds): Promise<void> {
    const { below, above } = sidesOf(outside, ends.first);
    const mine: Reading = {
      ends,
      isLost,
      lines: [],
      unchecked: [],
      breaks: [],
      checking: false,
      isRead: false,
      done: Promise.resolve(false),
    };
    reading = mine;
    listener.begin(ends.row - ends.first + 1);
    const add = (lines: readonly HistoryLine[]) => {
      mine.lines.push(...lines);
      listener.older(lines);
    };
    add(above);
    const chunks = readDown(journal, { from: ends.first, to: ends.row, few: FIRST_READ });
    const newest = await chunks.next();
    if (!newest.done) add(newest.value);
    mine.done = readOn();

    async function readOn(): Promise<boolean> {
      try {
        for await (const lines of chunks) {
          if (reading !== mine) return false;
          add(lines);
        }
      } catch (error) {
        fail(mine, error);
        return false;
      }
      if (reading !== mine) return false;
      add(below);
      mine.unchecked = mine.lines;
      mine.isRead = true;
      listener.read();
      void check(mine).catch((error) => fail(mine, error));
      return true;
    }
  }

  async function readNewer(mine: Reading, ends: ChainEnds): Promise<void> {
    const fresh: HistoryLine[] = [];
    for await (const lines of readDown(journal, { from: mine.ends.row + 1, to: ends.row }))
      fresh.push(...lines);
    mine.lines = [...fresh, ...mine.lines];
    // Before everything is read, the check is given all lines at once.
    mine.unchecked = [...fresh, ...mine.unchecked];
    mine.ends = ends;
    listener.newer(fresh);
    if (mine.isRead) void check(mine).catch((error) => fail(mine, error));
  }

  /** Checks what was not checked yet, a little at a time. */
  async function check(mine: Reading): Promise<void> {
    if (mine.checking) return;
    mine.checking = true;
    const isWanted = () => reading === mine;
    while (isWanted() && (!mine.checked || mine.unchecked.length > 0)) {
      // What has just been read is to be drawn first.
      await clock.sleep(0);
      if (!isWanted()) return;
      if (!mine.checked) listener.chain({ kind: 'checking' });
      const { ends, isLost, checked } = mine;
      const rows = mine.unchecked.toReversed().map(({ record }) => record as Chained);
      mine.unchecked = [];
      // Rows that were added go on from the last one that was checked.
      const chain = checked
        ? checkChain({ ...ends, first: checked.row + 1, before: checked.hash })
        : checkChain(ends, isLost);
      if (!(await inSlices(rows, clock, (batch) => chain.take(batch), isWanted))) return;
      const found = chain.finish().filter(({ kind }) => !checked || kind !== 'beginning');
      mine.breaks = [...mine.breaks, ...found];
      mine.checked = ends;
      if (mine.breaks.length > 0 && (await isVoid(mine))) return void look();
      if (isWanted()) listener.chain(resultOf(mine));
    }
    mine.checking = false;
  }

  /** Whether what was read is void: rows that are erased meanwhile are missing, but nothing is broken. */
  async function isVoid(mine: Reading): Promise<boolean> {
    return isOther(mine, await journal.bounds());
  }

  function fail(mine: Reading | undefined, error: unknown): void {
    if (reading !== mine) return;
    reading = undefined;
    listener.failed(troubleOf(error));
  }

  async function lookNow(): Promise<void> {
    try {
      const bounds = await journal.bounds();
      const open = (await journal.unfinished()).map(openLineOf).reverse();
      if (!reading || isOther(reading, bounds)) await begin(bounds);
      else if (bounds.ends.row > reading.ends.row) await readNewer(reading, bounds.ends);
      listener.open(open);
    } catch (error) {
      fail(reading, error);
    }
  }

  function look(): Promise<void> {
    looking = looking.then(lookNow);
    return looking;
  }

  return {
    look,
    async all() {
      for (;;) {
        await look();
        const mine = reading;
        const isRead = await mine?.done;
        if (mine && !reading) return undefined;
        // Rows that were erased meanwhile would be missing in it, as if somebody had taken them out.
        if (reading !== mine || (mine && (await isVoid(mine).catch(() => false)))) continue;
        return mine && isRead ? { ends: mine.ends, isLost: mine.isLost, lines: mine.lines } : undefined;
      }
    },
  };
}

/** Whether rows have been taken away since, as by an erasure, or the chain was begun anew. */
function isOther(known: Pick<Bounds, 'ends' | 'isLost'>, now: Bounds): boolean {
  const [then, ends] = [known.ends, now.ends];
  return (
    now.isLost !== known.isLost ||
    ends.first !== then.first ||
    ends.before !== then.before ||
    ends.row < then.row
  );
}

function resultOf({ lines, breaks }: Reading): ChainView {
  if (breaks.length > 0) return { kind: 'broken', breaks };
  const oldest = lines.at(-1);
  return { kind: 'whole', rows: lines.length, since: oldest && momentOf(oldest) };
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Chained } from '../model/history-row.ts';

/** Where the chain begins and ends. Changed with every row, in the same transaction. */
export interface ChainEnds {
  /** The row that was written last; 0 before the first one. */
  row: number;
  /** The last row's hash; empty before the first one. */
  hash: string;
  /** The first row that has not been erased. */
  first: number;
  /** The hash of the row before that one; empty where none was erased. */
  before: string;
  /** The attempt that was numbered last. */
  attemptId: number;
}

export const NEW_CHAIN: Readonly<ChainEnds> = { row: 0, hash: '', first: 1, before: '', attemptId: 0 };

/**
 * A place where the chain is broken. `missing`: rows `from` to `to` are not there. `changed`: the row is not what was
 * written, or another one stands before it. `added`: the row is none that was written. `beginning`: what is said to
 * have been erased before the first row is not what was erased. `lost`: before the row it was not known any more where the
 * chain ends, so that whatever stands there may have been cut off or put in.
 */
export type ChainBreak =
  | { kind: 'missing'; from: number; to: number }
  | { kind: 'changed' | 'added'; row: number }
  | { kind: 'beginning'; row: number }
  | { kind: 'lost'; row: number };

/** A break that the row there doesn't tell of by itself. */
export type MarkedBreak = Exclude<ChainBreak, { kind: 'lost' }>;

type Row = Chained & { action?: unknown; upTo?: unknown; lastHash?: unknown };

const UTF8 = new TextEncoder();

/**
 * A row's hash. By synchronous code, since a transaction of IndexedDB does not outlast a wait for `crypto.subtle`,
 * and row and hash have to be written in one.
 */
export function chainHash(before: string, row: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...content } = row;
  return bytesToHex(sha256(UTF8.encode(`${before}\n${inOrder(content)}`)));
}

/** Goes through the rows in their order, some at a time. */
export interface ChainCheck {
  /** Takes the rows that come next. */
  take(rows: readonly Chained[]): void;
  /** Every break, once all rows were taken; none where the chain is whole. */
  finish(): ChainBreak[];
}

/** Checks the rows between the two ends against their hashes; `isLost`, where the ends themselves are lost. */
export function checkChain(
  { first, before, row: last, hash: lastHash }: ChainEnds,
  isLost = false,
): ChainCheck {
  const breaks: ChainBreak[] = [];
  let expected = first;
  let previous = before;
  /** The first row that is there. */
  let oldest: Row | undefined;
  /** The newest erasure, which says what the last row was that it erased. */
  let erasure: Row | undefined;

  function miss(until: number): void {
    if (until > expected) breaks.push({ kind: 'missing', from: expected, to: until - 1 });
  }

  return {
    take(rows) {
      for (const row of rows as readonly Row[]) {
        if (!Number.isInteger(row.row) || row.row < expected || row.row > last) {
          breaks.push({ kind: 'added', row: row.row });
          continue;
        }
        const isNext = row.row === expected;
        oldest ??= row;
        miss(row.row);
        // After a gap there is nothing to compare with: the row's own word has to do for what follows.
        if (isNext && chainHash(previous, { ...row }) !== row.hash)
          breaks.push({ kind: 'changed', row: row.row });
        if (row.action === 'erase') erasure = row;
        if (row.action === 'lost') breaks.push({ kind: 'lost', row: row.row });
        previous = row.hash;
        expected = row.row + 1;
      }
    },
    finish() {
      miss(last + 1);
      const isLastTold = breaks.some((each) => each.kind === 'changed' && each.row === last);
      if (expected > last && previous !== lastHash && !isLastTold)
        breaks.push({ kind: 'changed', row: last });
      if (first > 1 && erasure?.lastHash !== before) breaks.push({ kind: 'beginning', row: first });
      if (isLost) breaks.push({ kind: 'lost', row: last + 1 });
      const wasLost = breaks.some(({ kind }) => kind === 'lost');
      return wasLost && wasErased() ? breaks.filter((each) => !isBeginning(each)) : breaks;
    },
  };

  /** With the ends it is lost where the chain begins; what was erased says so itself. */
  function wasErased(): boolean {
    return (
      oldest !== undefined &&
      erasure?.upTo === oldest.row - 1 &&
      chainHash(String(erasure.lastHash), { ...oldest }) === oldest.hash
    );
  }

  function isBeginning(found: ChainBreak): boolean {
    return found.kind === 'missing' && found.from === first && found.to === erasure?.upTo;
  }
}

/** JSON that does not depend on the order in which properties were set. */
function inOrder(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

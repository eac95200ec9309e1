import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ChainedRow } from '../model/history-row.ts';

/** Where the chain begins and ends. Changed with every row, in the same transaction. */
export interface ChainHead {
  /** The row that was written last; 0 before the first one. */
  row: number;
  /** The last row's hash; empty before the first one. */
  hash: string;
  /** The first row that has not been erased. */
  firstSequence: number;
  /** The hash of the row before that one; empty where none was erased. */
  previousHash: string;
  /** The attempt that was numbered last. */
  attemptId: number;
}

export const EMPTY_CHAIN: Readonly<ChainHead> = {
  row: 0,
  hash: '',
  firstSequence: 1,
  previousHash: '',
  attemptId: 0,
};

/**
 * A place where the chain is broken. `missing`: rows `from` to `to` are not there. `changed`: the row is not what was
 * written, or another one stands before it. `added`: the row is none that was written. `beginning`: what is said to
 * have been erased before the first row is not what was erased. `lost`: before the row it was not known any more where the
 * chain ends, so that whatever stands there may have been cut off or put in.
 */
export type IntegrityViolation =
  | { kind: 'missing'; from: number; to: number }
  | { kind: 'changed' | 'added'; row: number }
  | { kind: 'beginning'; row: number }
  | { kind: 'lost'; row: number };

/** A break that the row there doesn't tell of by itself. */
export type RowViolation = Exclude<IntegrityViolation, { kind: 'lost' }>;

type Row = ChainedRow & { action?: unknown; lastErasedSequence?: unknown; lastHash?: unknown };

const UTF8 = new TextEncoder();

/**
 * A row's hash. By synchronous code, since a transaction of IndexedDB does not outlast a wait for `crypto.subtle`,
 * and row and hash have to be written in one.
 */
export function chainHash(before: string, row: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...content } = row;
  return bytesToHex(sha256(UTF8.encode(`${before}\n${canonicalJson(content)}`)));
}

/** Goes through the rows in their order, some at a time. */
export interface ChainVerifier {
  /** Takes the rows that come next. */
  verify(rows: readonly ChainedRow[]): void;
  /** Every break, once all rows were taken; none where the chain is whole. */
  finish(): IntegrityViolation[];
}

/** Checks the rows between the two ends against their hashes; `isLost`, where the ends themselves are lost. */
export function createChainVerifier(
  { firstSequence, previousHash, row: last, hash: lastHash }: ChainHead,
  isLost = false,
): ChainVerifier {
  const breaks: IntegrityViolation[] = [];
  let expected = firstSequence;
  let previous = previousHash;
  /** The first row that is there. */
  let oldest: Row | undefined;
  /** The newest erasure, which says what the last row was that it erased. */
  let erasure: Row | undefined;

  function reportGap(until: number): void {
    if (until > expected) breaks.push({ kind: 'missing', from: expected, to: until - 1 });
  }

  return {
    verify(rows) {
      for (const row of rows as readonly Row[]) {
        if (!Number.isInteger(row.row) || row.row < expected || row.row > last) {
          breaks.push({ kind: 'added', row: row.row });
          continue;
        }
        const isNext = row.row === expected;
        oldest ??= row;
        reportGap(row.row);
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
      reportGap(last + 1);
      const isLastTold = breaks.some((each) => each.kind === 'changed' && each.row === last);
      if (expected > last && previous !== lastHash && !isLastTold)
        breaks.push({ kind: 'changed', row: last });
      if (firstSequence > 1 && erasure?.lastHash !== previousHash)
        breaks.push({ kind: 'beginning', row: firstSequence });
      if (isLost) breaks.push({ kind: 'lost', row: last + 1 });
      const wasLost = breaks.some(({ kind }) => kind === 'lost');
      return wasLost && wasErased() ? breaks.filter((each) => !isBeginning(each)) : breaks;
    },
  };

  /** With the ends it is lost where the chain begins; what was erased says so itself. */
  function wasErased(): boolean {
    return (
      oldest !== undefined &&
      erasure?.lastErasedSequence === oldest.row - 1 &&
      chainHash(String(erasure.lastHash), { ...oldest }) === oldest.hash
    );
  }

  function isBeginning(found: IntegrityViolation): boolean {
    return (
      found.kind === 'missing' && found.from === firstSequence && found.to === erasure?.lastErasedSequence
    );
  }
}

/** JSON that does not depend on the order in which properties were set. */
function canonicalJson(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

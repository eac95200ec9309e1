import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ChainedRow } from '../model/history-row.ts';

/** The two ends of the chain. Updated with every row, in the same transaction. */
export interface ChainHead {
  /** The number of the last row; 0 before the first one. */
  row: number;
  /** The last row's hash; empty before the first one. */
  hash: string;
  /** The first row that has not been erased. */
  firstSequence: number;
  /** The hash of the row before `firstSequence`; empty if none was erased. */
  previousHash: string;
  /** The last attempt number. */
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
 * A violation of the chain. `missing`: rows `from` to `to` are absent. `changed`: the row, or the row before it, was
 * altered. `added`: the row was not written by the journal. `beginning`: the recorded erasure does not match the first
 * row. `lost`: the chain head was missing before this row, so rows may have been removed or inserted here.
 */
export type IntegrityViolation =
  | { kind: 'missing'; from: number; to: number }
  | { kind: 'changed' | 'added'; row: number }
  | { kind: 'beginning'; row: number }
  | { kind: 'lost'; row: number };

/** A violation that no row of the history records. */
export type RowViolation = Exclude<IntegrityViolation, { kind: 'lost' }>;

type Row = ChainedRow & { action?: unknown; lastErasedSequence?: unknown; lastHash?: unknown };

const UTF8 = new TextEncoder();

/**
 * The hash of a row. Computed synchronously, because row and hash must be written in one transaction, and an IndexedDB
 * transaction ends while `crypto.subtle` is awaited.
 */
export function chainHash(previousHash: string, row: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...content } = row;
  return bytesToHex(sha256(UTF8.encode(`${previousHash}\n${canonicalJson(content)}`)));
}

/** Verifies the rows in order, in batches. */
export interface ChainVerifier {
  /** Verifies the next rows. */
  verify(rows: readonly ChainedRow[]): void;
  /** Returns every violation after the last row; none if the chain is intact. */
  finish(): IntegrityViolation[];
}

/** Verifies the rows between the two ends against their hashes. `isHeadMissing`: the stored ends are lost. */
export function createChainVerifier(
  { firstSequence, previousHash, row: last, hash: lastHash }: ChainHead,
  isHeadMissing = false,
): ChainVerifier {
  const violations: IntegrityViolation[] = [];
  let expected = firstSequence;
  let previous = previousHash;
  /** The first existing row. */
  let oldest: Row | undefined;
  /** The newest erasure. It records the last row that it erased. */
  let erasure: Row | undefined;

  function reportGap(until: number): void {
    if (until > expected) violations.push({ kind: 'missing', from: expected, to: until - 1 });
  }

  return {
    verify(rows) {
      for (const row of rows as readonly Row[]) {
        if (!Number.isInteger(row.row) || row.row < expected || row.row > last) {
          violations.push({ kind: 'added', row: row.row });
          continue;
        }
        const isNext = row.row === expected;
        oldest ??= row;
        reportGap(row.row);
        // After a gap the previous hash is unknown, so the row's own hash starts the chain again.
        if (isNext && chainHash(previous, { ...row }) !== row.hash)
          violations.push({ kind: 'changed', row: row.row });
        if (row.action === 'erase') erasure = row;
        if (row.action === 'lost') violations.push({ kind: 'lost', row: row.row });
        previous = row.hash;
        expected = row.row + 1;
      }
    },
    finish() {
      reportGap(last + 1);
      const isLastReported = violations.some((each) => each.kind === 'changed' && each.row === last);
      if (expected > last && previous !== lastHash && !isLastReported)
        violations.push({ kind: 'changed', row: last });
      if (firstSequence > 1 && erasure?.lastHash !== previousHash)
        violations.push({ kind: 'beginning', row: firstSequence });
      if (isHeadMissing) violations.push({ kind: 'lost', row: last + 1 });
      const wasLost = violations.some(({ kind }) => kind === 'lost');
      if (!wasLost || !follows(oldest, erasure)) return violations;
      return violations.filter((each) => !isErasedGap(each, firstSequence, erasure));
    },
  };
}

/** Whether an erasure ended right before the oldest row. It shows where the chain begins if the head was lost. */
function follows(oldest: Row | undefined, erasure: Row | undefined): boolean {
  return (
    oldest !== undefined &&
    erasure?.lastErasedSequence === oldest.row - 1 &&
    chainHash(String(erasure.lastHash), { ...oldest }) === oldest.hash
  );
}

/** Whether the missing rows are those that were erased. */
function isErasedGap(
  violation: IntegrityViolation,
  firstSequence: number,
  erasure: Row | undefined,
): boolean {
  return (
    violation.kind === 'missing' &&
    violation.from === firstSequence &&
    violation.to === erasure?.lastErasedSequence
  );
}

/** JSON that does not depend on the order of properties. */
function canonicalJson(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

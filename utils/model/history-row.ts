import type { Attempt, CancelAttempt, CheckAttempt, CreateAttempt, OperatorInfo } from './attempt.ts';

/** A row that records the erasure of older rows. `operator` requested it. */
export interface ErasureRecord extends OperatorInfo {
  action: 'erase';
  /** Epoch milliseconds. */
  at: number;
  /** The operator's request, or the retention period of the settings. */
  by: 'operator' | 'retention';
  /** The number of erased rows, the last one's position, and its hash. */
  count: number;
  lastErasedSequence: number;
  lastHash: string;
}

/** A row that records a missing or wrong chain head: the chain continues after the previous row. */
export interface ChainReset {
  action: 'lost';
  /** Epoch milliseconds of the detection. */
  at: number;
}

export type HistoryRow = (Attempt | ErasureRecord | ChainReset) & ChainedRow;

/** The time at which a row was completed (epoch ms). Rows are in this order. */
export function completedAt(row: HistoryRow): number {
  return ('finishedAt' in row && row.finishedAt) || row.at;
}

/** A row before the journal numbers it and adds it to the chain. */
export type NewHistoryRow =
  | ErasureRecord
  | ChainReset
  | Unnumbered<CancelAttempt>
  | Unnumbered<CheckAttempt>
  | Unnumbered<CreateAttempt>;

type Unnumbered<Any extends { attemptId: number }> = Omit<Any, 'attemptId'> & { attemptId?: number };

/** The fields that link a row to the chain. */
export interface ChainedRow {
  /** Its position in the history, from 1 without gaps. */
  row: number;
  /** SHA-256 (hex) of the previous row's hash and this row's content. */
  hash: string;
}

import type { Attempt, CancelAttempt, CheckAttempt, CreateAttempt, OperatorInfo } from './attempt.ts';

/** That older rows were erased. It is a row itself. `operator` is who asked for it. */
export interface ErasureRecord extends OperatorInfo {
  action: 'erase';
  /** Epoch milliseconds. */
  at: number;
  /** Whether somebody asked for it, or it was due by the time that rows are kept for. */
  by: 'operator' | 'retention';
  /** How many rows were erased, the last of them, and its hash. */
  count: number;
  lastErasedSequence: number;
  lastHash: string;
}

/** That where the chain ended was not known any more, or not true, and it was begun anew after the row before. A row itself. */
export interface ChainReset {
  action: 'lost';
  /** Epoch milliseconds at which that was found. */
  at: number;
}

export type HistoryRow = (Attempt | ErasureRecord | ChainReset) & ChainedRow;

/** When a row was done (epoch ms): an attempt when it ended. By this the rows stand in order. */
export function completedAt(row: HistoryRow): number {
  return ('finishedAt' in row && row.finishedAt) || row.at;
}

/** What is written into the history: the journal numbers and chains it. */
export type NewHistoryRow =
  | ErasureRecord
  | ChainReset
  | Unnumbered<CancelAttempt>
  | Unnumbered<CheckAttempt>
  | Unnumbered<CreateAttempt>;

type Unnumbered<Any extends { attemptId: number }> = Omit<Any, 'attemptId'> & { attemptId?: number };

/** What makes a row one of the chain. */
export interface ChainedRow {
  /** Its place in the history, from 1 and without a gap. */
  row: number;
  /** SHA-256 (hex) over the hash of the row before and this row's own content. */
  hash: string;
}

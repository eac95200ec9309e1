import type * as store from '../journal/attempt-store.ts';
import type * as journal from './attempt-record.ts';
import type { GatewayFailure } from './gateway-result.ts';
import type { ChainedRow, ChainReset, ErasureRecord } from './history-row.ts';
import type { CreateOutcome, Outcome } from './outcome.ts';

/** What a check said, without the details of the code: its status as it came, or why there is none. */
export type CheckOutcome =
  | { kind: 'status'; status: string; code?: number | null; message?: string }
  | GatewayFailure;

export type CancelAttempt = journal.CancelAttempt<Outcome>;
export type Attempt = journal.Attempt<Outcome, CheckOutcome, CreateOutcome>;
export type AttemptStore = store.AttemptStore<Outcome, CheckOutcome, CreateOutcome>;
/** A row of the history: an attempt that has its outcome, or that rows were erased. */
export type HistoryRow = (Attempt | ErasureRecord | ChainReset) & ChainedRow;
export type { AttemptRequest } from './attempt-record.ts';

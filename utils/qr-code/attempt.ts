import type { GatewayFailure } from '../enkash/errors.ts';
import type * as journal from '../journal/attempt.ts';
import type * as store from '../journal/attempts.ts';
import type { Outcome } from './outcome.ts';

/** What a check said, without the details of the code: its status as it came, or why there is none. */
export type CheckOutcome = { kind: 'status'; status: string } | GatewayFailure;

export type CancelAttempt = journal.CancelAttempt<Outcome>;
export type Attempt = journal.Attempt<Outcome, CheckOutcome>;
export type AttemptStore = store.AttemptStore<Outcome, CheckOutcome>;
export type { AttemptStart } from '../journal/attempt.ts';

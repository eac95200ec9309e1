import type { JobSubject } from './job.ts';
import { OUTCOME_KINDS, type Outcome, type OutcomeKind } from './outcome.ts';

/**
 * Where one code of a job stands. `pending` was never sent. `sending` was given to the network, or is about to be.
 * `unknown` waits to be settled by a read, `waiting` to be sent again at `retryAt` (epoch ms). `fallbackOutcome` is
 * the outcome if no read succeeds, `failedAttempts` counts the sendings and `reads` the reads that failed for this item alone. All
 * others are final.
 */
export type ItemState =
  | { kind: 'pending' }
  | { kind: 'in-flight'; fallbackOutcome?: Outcome; failedAttempts?: number }
  | { kind: 'unresolved'; fallbackOutcome: Outcome; failedAttempts?: number; reads?: number }
  | { kind: 'retry-scheduled'; retryAt: number; fallbackOutcome: Outcome; failedAttempts?: number }
  | Outcome;

export type ItemKind = ItemState['kind'];

/** One code of a job, as the journal holds it. */
export interface Item extends JobSubject {
  jobId: number;
  /** Its place in the list that was confirmed, from 1. */
  position: number;
  state: ItemState;
  /** The kind of its state while that is not a final one: what the index of unfinished items holds. */
  open?: ItemKind;
  /** How often it was given to the network; written ahead, and taken back where it is known that nothing left. */
  sendings: number;
  /** Epoch milliseconds of the first sending. */
  at?: number;
  finishedAt?: number;
  /** The job's revision at which it last changed. */
  revision: number;
  /** What a check said that was asked for after the job: its status as it came, and when (epoch ms). */
  recheck?: { status: string; at: number };
}

/** An item whose result only a read can show. */
export type UnknownItem = Item & { state: { kind: 'unresolved' } };

/** All states of items in the order in which lists and filters show them, the final ones first. */
export const ITEM_KINDS: readonly ItemKind[] = [
  ...OUTCOME_KINDS,
  'in-flight',
  'unresolved',
  'retry-scheduled',
  'pending',
];

/** The table of legal transitions; a final state has none. `in-flight` goes back only if it is known that nothing has left. */
export const ITEM_TRANSITIONS: Readonly<Record<Exclude<ItemKind, OutcomeKind>, readonly ItemKind[]>> = {
  pending: ['in-flight'],
  'in-flight': ['pending', 'retry-scheduled', 'unresolved', ...OUTCOME_KINDS],
  unresolved: ['unresolved', 'retry-scheduled', ...OUTCOME_KINDS],
  'retry-scheduled': ['in-flight', ...OUTCOME_KINDS],
};

/** Whether a state is the last one of its item. */
export function isFinalItem(state: ItemState): state is Outcome {
  return !(state.kind in ITEM_TRANSITIONS);
}

/** Throws if the second state may not follow the first one. */
export function assertItemTransition(from: ItemState, to: ItemState): void {
  if (isFinalItem(from) || !ITEM_TRANSITIONS[from.kind].includes(to.kind))
    throw new Error(`An item can't go from ${from.kind} to ${to.kind}.`);
}

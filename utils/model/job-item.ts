import type { JobSubject } from './job.ts';
import { OUTCOME_KINDS, type Outcome, type OutcomeKind, reportedKind } from './outcome.ts';

/**
 * The state of one code of a job. `pending`: never sent. `in-flight`: given to the network, or about to be. `unresolved`:
 * a read has to determine the outcome. `retry-scheduled`: sent again at `retryAt` (epoch ms). All others are final.
 * `fallbackOutcome` is the outcome if no read succeeds. `failedAttempts` counts failed sends, `reads` failed reads of this
 * item alone.
 */
export type ItemState =
  | { kind: 'pending' }
  | { kind: 'in-flight'; fallbackOutcome?: Outcome; failedAttempts?: number }
  | { kind: 'unresolved'; fallbackOutcome: Outcome; failedAttempts?: number; reads?: number }
  | { kind: 'retry-scheduled'; retryAt: number; fallbackOutcome: Outcome; failedAttempts?: number }
  | Outcome;

export type ItemKind = ItemState['kind'];

/** One code of a job in the journal. */
export interface Item extends JobSubject {
  jobId: number;
  /** Its position in the confirmed list, from 1. */
  position: number;
  state: ItemState;
  /** The kind of its state, absent if final: the key of the index of open items. */
  open?: ItemKind;
  /** How often the request was given to the network. Written ahead, and reduced if it was not sent. */
  sendings: number;
  /** Epoch milliseconds of the first send. */
  at?: number;
  finishedAt?: number;
  /** The job's revision of its last change. */
  revision: number;
  /** The status by a check after the job, and its time (epoch ms). */
  recheck?: { status: string; at: number };
}

/** An item whose outcome a read has to determine. */
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

/** The kind that badges, filters and counts show for a state. */
export function itemKind(state: ItemState): ItemKind {
  return isFinalItem(state) ? reportedKind(state) : state.kind;
}

/** Throws if the second state may not follow the first one. */
export function assertItemTransition(from: ItemState, to: ItemState): void {
  if (isFinalItem(from) || !ITEM_TRANSITIONS[from.kind].includes(to.kind))
    throw new Error(`An item can't go from ${from.kind} to ${to.kind}.`);
}

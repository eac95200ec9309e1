import type { AmbiguousReason, GatewayFailure, NotSentReason } from './gateway-result.ts';
import type { JournalTrouble } from './journal-trouble.ts';

/**
 * The outcome of a cancel. `currentStatus` is the status by a read after the attempt,
 * absent if the code could not be read. No field is ever guessed.
 */
export type Outcome =
  /** `code` and `message` are the response's, if it is the evidence. */
  | { kind: 'cancelled'; evidence: 'response' | 'check'; code?: number | null; message?: string }
  | { kind: 'already-cancelled'; code?: number | null; message?: string }
  | {
      kind: 'rejected';
      httpStatus: number;
      code: number | null;
      message: string;
      /** Present if EnKash rejected the caller rather than the QR code. */
      cause?: 'unauthorized' | 'rate-limited' | 'sign-in-failed';
      until?: number;
      currentStatus?: string;
    }
  | { kind: 'not-found'; message?: string }
  /**
   * `journal`: why the attempt could not be written down, if that is the reason. `currentStatus`: the status that kept a
   * planned cancel from being sent.
   */
  | {
      kind: 'not-sent';
      reason: NotSentReason;
      message?: string;
      until?: number;
      httpStatus?: number;
      journal?: JournalTrouble;
      currentStatus?: string;
    }
  /** `accountRemoved`: it was interrupted, and the keys that it could be read with are gone. */
  | {
      kind: 'unconfirmed';
      reason: AmbiguousReason | 'interrupted';
      accountRemoved?: true;
      currentStatus?: string;
      httpStatus?: number;
      message?: string;
      answeredId?: string;
    };

export type OutcomeKind = Outcome['kind'];

/**
 * The kind that titles, badges, filters and counts show. The browser may have sent the request twice, so only a read proves
 * that a refused code is still active: without that read the result is not confirmed.
 */
export function reportedKind(outcome: Outcome): OutcomeKind {
  return outcome.kind === 'rejected' && !outcome.cause && outcome.currentStatus !== 'ACTIVE'
    ? 'unconfirmed'
    : outcome.kind;
}

const EVERY_KIND: Readonly<Record<OutcomeKind, true>> = {
  cancelled: true,
  'already-cancelled': true,
  rejected: true,
  'not-found': true,
  'not-sent': true,
  unconfirmed: true,
};

/** Every way in which a cancel can end, in the order in which lists and filters show them. */
export const OUTCOME_KINDS = Object.keys(EVERY_KIND) as readonly OutcomeKind[];

/** The outcome of a create. No read can settle an unclear one, because the new code's id is unknown. */
export type CreateOutcome =
  | { kind: 'created'; code: number | null; message: string }
  | (Exclude<GatewayFailure, { kind: 'ambiguous' }> & { journal?: JournalTrouble })
  | {
      kind: 'unconfirmed';
      reason: AmbiguousReason | 'interrupted';
      httpStatus?: number;
      message?: string;
      answeredId?: string;
    };

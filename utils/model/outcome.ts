import type { AmbiguousReason, GatewayFailure, NotSentReason } from './gateway-result.ts';
import type { JournalTrouble } from './journal-trouble.ts';

/**
 * The outcome of a cancel. `currentStatus` is the status from a read after the attempt, absent if the code could not be
 * read. No part is guessed.
 */
export type Outcome =
  /** `code` and `message` are those of the response, if that is the evidence. */
  | { kind: 'cancelled'; evidence: 'response' | 'check'; code?: number | null; message?: string }
  | { kind: 'already-cancelled'; code?: number | null; message?: string }
  | {
      kind: 'rejected';
      httpStatus: number;
      code: number | null;
      message: string;
      /** Present if EnKash refused the caller, not the QR code. */
      cause?: 'unauthorized' | 'rate-limited' | 'sign-in-failed';
      until?: number;
      currentStatus?: string;
    }
  | { kind: 'not-found'; message?: string }
  /** `journal`: why the attempt could not be written down, if that is the reason. */
  | {
      kind: 'not-sent';
      reason: NotSentReason;
      message?: string;
      until?: number;
      httpStatus?: number;
      journal?: JournalTrouble;
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

/** The outcome of a create. No read can settle it, as the id of the new code is unknown. */
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

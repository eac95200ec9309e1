/** Why a call was not sent, or was refused before it was processed. It changed nothing. */
export type NotSentReason =
  | 'offline'
  | 'no-keys'
  | 'locked'
  | 'keys-unreadable'
  | 'forbidden'
  | 'passphrase-required'
  | 'no-site-access'
  | 'unauthorized'
  | 'auth-unavailable'
  | 'unreachable'
  /** The call must be sent only once, and no connection guarantees that. */
  | 'not-once'
  | 'rate-limited'
  | 'invalid-id'
  | 'no-reason'
  /** A check just before a planned cancel did not show the code as ACTIVE, or failed. */
  | 'not-active'
  | 'not-checked'
  | 'journal-unavailable';

/** Why a response, or a missing one, does not show whether a call was carried out. */
export type AmbiguousReason =
  /** Something between this computer and EnKash answered: neither EnKash's envelope nor the code's record. */
  | 'intermediary'
  /** EnKash says that the code does not exist, although an earlier read found it ACTIVE. */
  | 'no-longer-found'
  | 'timeout'
  | 'connection'
  | 'redirect'
  | 'server-error'
  | 'too-large'
  | 'not-json'
  | 'empty'
  | 'wrong-shape'
  | 'another-id'
  | 'no-id'
  | 'not-cancelled-in-answer';

/** Every result of a call except a valid response. */
export type GatewayFailure =
  /** `httpStatus` is that of the sign-in call, if that call was answered. */
  | { kind: 'not-sent'; reason: NotSentReason; message?: string; until?: number; httpStatus?: number }
  | { kind: 'rejected'; httpStatus: number; code: number | null; message: string }
  | { kind: 'unauthorized'; httpStatus: number; code: number | null; message: string }
  /** EnKash refused the token, and the sign-in for a new one failed for `reason`, with `message`. */
  | { kind: 'sign-in-failed'; reason: NotSentReason; httpStatus?: number; message?: string }
  /** A response in EnKash's envelope. */
  | { kind: 'not-found'; httpStatus: number; code: number | null; message: string }
  /** `code` is absent if the answer has no envelope, so that it may come from an intermediary. */
  | { kind: 'rate-limited'; until: number; code?: number; message: string }
  | {
      kind: 'ambiguous';
      reason: AmbiguousReason;
      httpStatus?: number;
      message?: string;
      /** The id in the response, if it is not the requested one. */
      answeredId?: string;
    };

export type GatewayResult<Payload> =
  /** `code` is null if the answer has the code's record but no response code. */
  { kind: 'answered'; code: number | null; message: string; payload: Payload } | GatewayFailure;

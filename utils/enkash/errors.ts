/** Why a call did not leave, or was turned away before it was looked at. Nothing was changed by it. */
export type NotSentReason =
  | 'offline'
  | 'no-keys'
  | 'locked'
  | 'keys-unreadable'
  | 'forbidden'
  | 'passphrase-required'
  | 'no-site-access'
  | 'keys-refused'
  | 'sign-in-unavailable'
  | 'unreachable'
  /** It must leave once only, and there was no connection over which that is sure. */
  | 'not-once'
  | 'asked-to-wait'
  | 'invalid-id'
  | 'no-reason'
  | 'journal-unavailable';

/** Why it can't be told from an answer, or for want of one, whether a call was carried out. */
export type UnclearReason =
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

/** All ways in which a call of the gateway can end but for a proper answer. */
export type GatewayFailure =
  | { kind: 'not-sent'; reason: NotSentReason; message?: string; until?: number }
  | { kind: 'rejected'; httpStatus: number; code: number | null; message: string }
  | { kind: 'keys-refused'; httpStatus: number; code: number | null; message: string }
  | { kind: 'not-found'; httpStatus: number; code: number | null; message: string }
  | { kind: 'rate-limited'; until: number; message: string }
  | {
      kind: 'unclear';
      reason: UnclearReason;
      httpStatus?: number;
      message?: string;
      /** The id the gateway answered for, where that was another one than was asked for. */
      answeredId?: string;
    };

export type GatewayAnswer<Payload> =
  | { kind: 'answered'; code: 0; message: string; payload: Payload }
  | GatewayFailure;

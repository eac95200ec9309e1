import { ACTIVE, CANCELLED, type QrCode } from '../enkash/qr-code.ts';
import type { AmbiguousReason, GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';

type Unclear = GatewayFailure & { kind: 'ambiguous' };

/** Whether a cancel whose fate is unclear may be sent again once a read has shown the code to be ACTIVE. */
export function isRetryable(reason: AmbiguousReason | 'interrupted'): boolean {
  return ['timeout', 'connection', 'server-error', 'interrupted'].includes(reason);
}

/** The outcome of a cancel by its own answer alone; `undefined` where only a read can tell. */
export function outcomeFromResponse(answer: GatewayResult<QrCode>): Outcome | undefined {
  switch (answer.kind) {
    case 'answered':
      return { kind: 'cancelled', evidence: 'response', ...codeAndMessage(answer) };
    case 'not-sent':
      return answer;
    case 'unauthorized': {
      const { httpStatus, code, message } = answer;
      return { kind: 'rejected', cause: 'unauthorized', httpStatus, code, message };
    }
    case 'sign-in-failed': {
      const { httpStatus = 0, message = '' } = answer;
      return { kind: 'rejected', cause: 'sign-in-failed', httpStatus, code: null, message };
    }
    case 'rate-limited': {
      const { message, until, code = null } = answer;
      return { kind: 'rejected', cause: 'rate-limited', httpStatus: 429, code, message, until };
    }
    default:
      return undefined;
  }
}

/** What is known of a code before a cancel of it was refused. */
export interface Before {
  /** An earlier cancel may have been carried out although nothing showed it. */
  wasUnclear: boolean;
  /** A read found it ACTIVE. */
  wasActive: boolean;
}

/** The outcome of a cancel that the gateway refused, with what a read afterwards says of the code. */
export function outcomeFromRejection(
  refusal: GatewayFailure & { kind: 'rejected' | 'not-found' },
  read: GatewayResult<QrCode>,
  { wasUnclear, wasActive }: Before,
): Outcome {
  const { httpStatus, code, message } = refusal;
  const currentStatus = statusOf(read);
  if (currentStatus === CANCELLED)
    return wasUnclear
      ? { kind: 'cancelled', evidence: 'check' }
      : { kind: 'already-cancelled', code, message };
  if (read.kind === 'not-found' || (refusal.kind === 'not-found' && currentStatus === undefined)) {
    // "Not found" is final only of a code that was never seen: else it may have been cancelled, or not.
    if (wasUnclear) return { kind: 'unconfirmed', reason: 'interrupted', ...said(message) };
    if (wasActive) return { kind: 'unconfirmed', reason: 'no-longer-found', ...said(message) };
    return { kind: 'not-found', message };
  }
  return {
    kind: 'rejected',
    httpStatus,
    code,
    message,
    ...(currentStatus === undefined ? {} : { currentStatus }),
  };
}

/** The outcome of a cancel whose fate was unclear, by a read of the code. */
export function outcomeFromRead(
  unclear: Unclear | { kind: 'ambiguous'; reason: 'interrupted' },
  read: GatewayResult<QrCode>,
): Outcome {
  const { kind: _, ...why } = unclear;
  // That there is no such code now says nothing of what the cancel did to it.
  const currentStatus = statusOf(read);
  // An answer for another id may mean that another code was cancelled: that is never told as a success.
  if (currentStatus === CANCELLED && unclear.reason !== 'another-id')
    return { kind: 'cancelled', evidence: 'check' };
  return { kind: 'unconfirmed', ...why, ...(currentStatus === undefined ? {} : { currentStatus }) };
}

/** A message that says something, as a field. */
export function said(message: string | undefined): { message?: string } {
  return message ? { message } : {};
}

/** Code and message of an answer as they came; a message that says nothing is left out. */
export function codeAndMessage({ code, message }: { code: number | null; message: string }): {
  code: number | null;
  message?: string;
} {
  return { code, ...(message ? { message } : {}) };
}

/** Whether a read says that the code still takes payments. */
export function isActive(read: GatewayResult<QrCode>): boolean {
  return statusOf(read) === ACTIVE;
}

export function statusOf(read: GatewayResult<QrCode>): string | undefined {
  return read.kind === 'answered' ? read.payload.status : undefined;
}

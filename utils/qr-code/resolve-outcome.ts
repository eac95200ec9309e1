import { ACTIVE, CANCELLED, type QrCode } from '../enkash/qr-code.ts';
import type { AmbiguousReason, GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';

type Unclear = GatewayFailure & { kind: 'ambiguous' };

/** Whether an ambiguous cancel may be sent again if a read shows the code as ACTIVE. */
export function isRetryable(reason: AmbiguousReason | 'interrupted'): boolean {
  return ['timeout', 'connection', 'server-error', 'interrupted'].includes(reason);
}

/** The outcome of a cancel by its response alone; `undefined` if only a read can show it. */
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

/** What is known about a code before its cancel was refused. */
export interface Before {
  /** An earlier cancel may have been carried out without a clear response. */
  wasUnclear: boolean;
  /** A read found it ACTIVE. */
  wasActive: boolean;
}

/** The outcome of a cancel that the gateway refused, by the read after it. */
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
    // "Not found" is final only if no earlier read or cancel showed that the code existed.
    if (wasUnclear) return { kind: 'unconfirmed', reason: 'interrupted', ...optionalMessage(message) };
    if (wasActive) return { kind: 'unconfirmed', reason: 'no-longer-found', ...optionalMessage(message) };
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

/** The outcome of an ambiguous cancel, by the read after it. */
export function outcomeFromRead(
  unclear: Unclear | { kind: 'ambiguous'; reason: 'interrupted' },
  read: GatewayResult<QrCode>,
): Outcome {
  const { kind: _, ...why } = unclear;
  // If the code no longer exists, that says nothing about the effect of the cancel.
  const currentStatus = statusOf(read);
  // A response for another id may mean that another code was cancelled, so this is never a success.
  if (currentStatus === CANCELLED && unclear.reason !== 'another-id')
    return { kind: 'cancelled', evidence: 'check' };
  return { kind: 'unconfirmed', ...why, ...(currentStatus === undefined ? {} : { currentStatus }) };
}

/** The message as a field; no field if it is empty. */
export function optionalMessage(message: string | undefined): { message?: string } {
  return message ? { message } : {};
}

/** Code and message of a response; an empty message is left out. */
export function codeAndMessage({ code, message }: { code: number | null; message: string }): {
  code: number | null;
  message?: string;
} {
  return { code, ...optionalMessage(message) };
}

/** Whether a read shows that the code still takes payments. */
export function isActive(read: GatewayResult<QrCode>): boolean {
  return statusOf(read) === ACTIVE;
}

export function statusOf(read: GatewayResult<QrCode>): string | undefined {
  return read.kind === 'answered' ? read.payload.status : undefined;
}

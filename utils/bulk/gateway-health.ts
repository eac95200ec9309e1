import { MAX_RETRY_AFTER_MS } from '../enkash/retry-after.ts';
import type { AmbiguousReason, NotSentReason } from '../model/gateway-result.ts';
import type { PauseReason, PausingResponse } from '../model/job.ts';

/**
 * A failure that may affect other codes too. `server`: EnKash failed, or did not answer. `intermediary`: a proxy or
 * firewall answered in its place. `refused`: EnKash refused the code. `sign-in-failed`: no token, for a temporary reason.
 * `unauthorized`: EnKash refused the keys.
 */
export type FailureSignal = 'server' | 'intermediary' | 'refused' | 'sign-in-failed' | 'unauthorized';

/**
 * The health of the gateway by one response. `ok`: EnKash answered. `degraded`: it answered after a retry or a read.
 * `rate`: it limits the rate. `none`: no request left, or the response says nothing about the gateway.
 */
export type HealthSignal = 'ok' | 'degraded' | 'rate' | 'none' | FailureSignal;

/** The effect of one response on the whole job. */
export interface ResponseHealth {
  health: HealthSignal;
  /** The response, if several equal ones would pause the job. */
  response?: PausingResponse;
  /** Epoch milliseconds before which the gateway wants no further call. */
  rateLimitedUntil?: number;
  /** The reason to pause the job now. */
  pause?: PauseReason;
}

/** Milliseconds before the next call, if there is no token. */
const SIGN_IN_RETRY_MS = 1_000;

const PAUSE_BY_REASON: Readonly<Partial<Record<NotSentReason, PauseReason>>> = {
  offline: 'offline',
  unreachable: 'offline',
  locked: 'locked',
  'no-keys': 'account',
  'keys-unreadable': 'account',
  forbidden: 'account',
  'passphrase-required': 'account',
  'no-site-access': 'account',
};

/** A call that was not sent. The response is that of the sign-in, if the sign-in is the cause. */
interface NotSent extends PausingResponse {
  reason: NotSentReason;
  until?: number;
}

export function healthOfNotSent(notSent: NotSent, now: number): ResponseHealth {
  const { reason, until } = notSent;
  if (reason === 'rate-limited') return { health: 'none', ...rateLimitOf(until ?? now, now) };
  if (reason === 'unauthorized') return healthOfUnauthorized(notSent);
  if (reason === 'auth-unavailable') return healthOfSignInFailure(notSent, now);
  const pause = PAUSE_BY_REASON[reason];
  return { health: 'none', ...(pause ? { pause } : {}) };
}

export function healthOfUnauthorized(response: PausingResponse): ResponseHealth {
  return { health: 'unauthorized', response: pickResponse(response) };
}

/** Without a token nothing can be sent, so every call waits. */
export function healthOfSignInFailure(response: PausingResponse, now: number): ResponseHealth {
  return {
    health: 'sign-in-failed',
    response: pickResponse(response),
    rateLimitedUntil: now + SIGN_IN_RETRY_MS,
  };
}

export function healthOfRateLimit(until: number, now: number): ResponseHealth {
  return { health: 'rate', ...rateLimitOf(until, now) };
}

export function healthOfRefusal(response: PausingResponse): ResponseHealth {
  return { health: 'refused', response: pickResponse(response) };
}

export function healthOfNotFound(message: string | undefined): ResponseHealth {
  return { health: 'refused', response: { message, isNotFound: true } };
}

export function healthOfAmbiguity(
  response: PausingResponse & { reason: AmbiguousReason | 'interrupted' },
): ResponseHealth {
  // EnKash refused a retry. The next read shows the status of the code.
  if (response.reason === 'interrupted') return { health: 'none' };
  if (isFromIntermediary(response.reason))
    return { health: 'intermediary', response: pickResponse(response) };
  return { health: 'server' };
}

/** Whether an intermediary answered: with a refusal, a page or an empty body in place of EnKash's envelope. */
export function isFromIntermediary(reason: AmbiguousReason | 'interrupted'): boolean {
  return reason === 'intermediary' || reason === 'not-json' || reason === 'empty';
}

/** The parts of a response that pages show while the job is paused because of it. */
function pickResponse({ httpStatus, code, message }: PausingResponse): PausingResponse {
  return { httpStatus: httpStatus || undefined, code, message };
}

/** If the wait is implausibly long, the job pauses until the operator resumes it. */
function rateLimitOf(until: number, now: number): Pick<ResponseHealth, 'rateLimitedUntil' | 'pause'> {
  return until - now > MAX_RETRY_AFTER_MS ? { pause: 'rate' } : { rateLimitedUntil: until };
}

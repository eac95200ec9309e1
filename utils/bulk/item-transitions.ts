import { ACTIVE, CANCELLED, type QrCode } from '../enkash/qr-code.ts';
import type { AmbiguousReason, GatewayResult } from '../model/gateway-result.ts';
import type { Item, ItemState, UnknownItem } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { isRetryable, optionalMessage, statusOf } from '../qr-code/resolve-outcome.ts';
import {
  healthOfAmbiguity,
  healthOfNotFound,
  healthOfNotSent,
  healthOfRateLimit,
  healthOfRefusal,
  healthOfSignInFailure,
  healthOfUnauthorized,
  isFromIntermediary,
  type ResponseHealth,
} from './gateway-health.ts';

/** Sends that the gateway may fail, before an item ends as not confirmed. */
export const MAX_SEND_ATTEMPTS = 6;
/** Reads that may fail, before an item ends as not confirmed. */
export const MAX_READ_ATTEMPTS = 5;
const INITIAL_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

/** The outcome of an item whose request was cut short and never read. */
export const INTERRUPTED_OUTCOME: Outcome = { kind: 'unconfirmed', reason: 'interrupted' };

/** The effect of a send or a read on its item and on the job. */
export interface ItemTransition extends ResponseHealth {
  /** The item's next state; absent if it stays as it is and must be read again. */
  state?: ItemState;
  /** Whether it is certain that no request left. */
  revertSend?: boolean;
}

/** Milliseconds before the next attempt, after so many failed ones. */
export function backoffDelay(failedAttempts: number): number {
  return Math.min(MAX_BACKOFF_MS, INITIAL_BACKOFF_MS * 2 ** Math.max(0, failedAttempts - 1));
}

/** The transition after a send. `now` is epoch milliseconds. `counts`: whether a failure counts against the item. */
export function transitionAfterSend(
  item: Item,
  outcome: Outcome,
  now: number,
  counts = true,
): ItemTransition {
  const failedAttempts = failedAttemptsOf(item);
  switch (outcome.kind) {
    case 'not-sent':
      if (outcome.reason === 'invalid-id') return { state: outcome, revertSend: true, health: 'none' };
      return { state: toUnsentState(item, now), revertSend: true, ...healthOfNotSent(outcome, now) };
    case 'rejected':
      if (outcome.cause) return transitionAfterRejection(item, outcome, now);
      // Without a read, the refusal may be the effect of an earlier send that was carried out.
      if (outcome.currentStatus === undefined)
        return {
          state: { kind: 'unresolved', fallbackOutcome: outcome, failedAttempts },
          ...healthOfRefusal(outcome),
        };
      return { state: outcomeAfterRefusal(item, outcome), ...healthOfRefusal(outcome) };
    case 'not-found':
      return { state: outcome, ...healthOfNotFound(outcome.message) };
    case 'unconfirmed':
      return transitionAfterAmbiguity(outcome, failedAttempts, now, counts);
    default:
      return {
        state: outcome,
        health: 'evidence' in outcome && outcome.evidence === 'check' ? 'degraded' : 'ok',
      };
  }
}

/**
 * The outcome of a send that EnKash refused. An earlier, ambiguous send may still be carried out, for example one of a
 * killed worker. The refusal says nothing about that send, so the outcome stays unconfirmed.
 */
function outcomeAfterRefusal({ state }: Item, outcome: Outcome & { kind: 'rejected' }): Outcome {
  const before = state.kind === 'in-flight' ? state.fallbackOutcome : undefined;
  if (before?.kind !== 'unconfirmed') return outcome;
  const { message, currentStatus } = outcome;
  return {
    ...before,
    ...optionalMessage(message),
    ...(currentStatus === undefined ? {} : { currentStatus }),
  };
}

function transitionAfterAmbiguity(
  outcome: Outcome & { kind: 'unconfirmed' },
  failedAttempts: number,
  now: number,
  counts: boolean,
): ItemTransition {
  const { reason, currentStatus } = outcome;
  if (reason === 'no-longer-found') return { state: outcome, ...healthOfNotFound(outcome.message) };
  const health = healthOfAmbiguity(outcome);
  const failed = failedAttempts + (counts ? 1 : 0);
  if (currentStatus === undefined)
    return { state: { kind: 'unresolved', fallbackOutcome: outcome, failedAttempts: failed }, ...health };
  if (currentStatus !== ACTIVE) return { state: outcome, health: 'ok' };
  if (!mayRetry(reason)) return { state: outcome, ...health };
  return { state: retryOrGiveUp(outcome, failed, now), ...health };
}

/**
 * The transition after a read of an unresolved item. `reads` counts the failed reads of this item alone, including this
 * one. `now` is epoch milliseconds.
 */
export function transitionAfterRead(
  item: UnknownItem,
  read: GatewayResult<QrCode>,
  reads: number,
  now: number,
): ItemTransition {
  const { fallbackOutcome } = item.state;
  const givenUp = reads < MAX_READ_ATTEMPTS ? {} : { state: unresolvedOutcome(item, fallbackOutcome) };
  switch (read.kind) {
    case 'answered': {
      const state = resolveByStatus(item, fallbackOutcome, statusOf(read), now);
      // The refusal was counted when it arrived, possibly by an earlier run.
      return { state, health: state.kind === 'rejected' ? 'none' : 'ok' };
    }
    case 'not-found':
      return {
        state: outcomeAfterNotFound(item, fallbackOutcome, read.message),
        ...healthOfNotFound(read.message),
      };
    case 'not-sent':
      return healthOfNotSent(read, now);
    case 'rate-limited':
      return healthOfRateLimit(read.until, now);
    case 'unauthorized':
      return healthOfUnauthorized(read);
    case 'sign-in-failed':
      return healthOfSignInFailure(read, now);
    case 'rejected':
      return { ...givenUp, ...healthOfRefusal(read) };
    case 'ambiguous':
      return { ...givenUp, ...healthOfAmbiguity(read) };
  }
}

/** The next state of an item whose status a read returned. */
function resolveByStatus(
  item: Item,
  fallbackOutcome: Outcome,
  currentStatus: string | undefined,
  now: number,
): ItemState {
  if (fallbackOutcome.kind === 'rejected') {
    if (currentStatus !== CANCELLED)
      return {
        ...unresolvedOutcome(item, fallbackOutcome),
        ...(currentStatus === undefined ? {} : { currentStatus }),
      };
    const { code, message } = fallbackOutcome;
    return item.sendings > 1
      ? { kind: 'cancelled', evidence: 'check' }
      : { kind: 'already-cancelled', code, message };
  }
  if (fallbackOutcome.kind === 'not-sent') return stateOfUnsent(item, fallbackOutcome, currentStatus, now);
  if (fallbackOutcome.kind !== 'unconfirmed') return fallbackOutcome;
  const known: Outcome = { ...fallbackOutcome, ...(currentStatus === undefined ? {} : { currentStatus }) };
  // A response for another id may mean that another code was cancelled, so this is never a success.
  if (currentStatus === CANCELLED && fallbackOutcome.reason !== 'another-id')
    return { kind: 'cancelled', evidence: 'check' };
  if (currentStatus !== ACTIVE || !mayRetry(fallbackOutcome.reason)) return known;
  return retryOrGiveUp(known, failedAttemptsOf(item), now);
}

/** The next state of an item of a planned job that was never sent. A code that is no longer ACTIVE is left alone. */
function stateOfUnsent(
  item: Item,
  fallbackOutcome: Outcome,
  currentStatus: string | undefined,
  now: number,
): ItemState {
  if (currentStatus === CANCELLED) return { kind: 'already-cancelled' };
  if (currentStatus !== ACTIVE)
    return {
      kind: 'not-sent',
      reason: 'not-active',
      ...(currentStatus === undefined ? {} : { currentStatus }),
    };
  const failedAttempts = failedAttemptsOf(item);
  if (failedAttempts > MAX_SEND_ATTEMPTS) return fallbackOutcome;
  return { kind: 'retry-scheduled', retryAt: now, fallbackOutcome, failedAttempts };
}

/** The outcome if EnKash does not know the code. That says nothing about a send that may have been carried out. */
function outcomeAfterNotFound(item: Item, fallbackOutcome: Outcome, message: string): Outcome {
  const known = unresolvedOutcome(item, fallbackOutcome);
  if (known.kind !== 'unconfirmed') return { kind: 'not-found', ...optionalMessage(message) };
  const { currentStatus: _, ...unconfirmed } = known;
  return { ...unconfirmed, ...optionalMessage(message) };
}

/**
 * Whether a job may retry a code that is still ACTIVE. Unlike a single cancel, a job also retries after an intermediary's
 * response: it affects all codes alike, and no code may be lost because of it.
 */
function mayRetry(reason: AmbiguousReason | 'interrupted'): boolean {
  return isFromIntermediary(reason) || isRetryable(reason);
}

/** Schedules a retry of a code that is still ACTIVE, or ends its item after the last attempt. */
function retryOrGiveUp(outcome: Outcome, failedAttempts: number, now: number): ItemState {
  if (failedAttempts >= MAX_SEND_ATTEMPTS) return outcome;
  const isInterrupted = outcome.kind === 'unconfirmed' && outcome.reason === 'interrupted';
  const retryAt = now + (isInterrupted ? 0 : backoffDelay(failedAttempts));
  return { kind: 'retry-scheduled', retryAt, fallbackOutcome: outcome, failedAttempts };
}

/** The outcome of an item that can't be read. If it was sent twice, a refusal does not show the effect of the first send. */
export function unresolvedOutcome(item: Item, fallbackOutcome: Outcome): Outcome {
  return fallbackOutcome.kind === 'rejected' && item.sendings > 1
    ? { kind: 'unconfirmed', reason: 'interrupted', ...optionalMessage(fallbackOutcome.message) }
    : fallbackOutcome;
}

/** EnKash refused the caller, not the code. The code is sent again after the cause has passed. */
function transitionAfterRejection(
  item: Item,
  outcome: Outcome & { kind: 'rejected' },
  now: number,
): ItemTransition {
  const before = item.state.kind === 'in-flight' ? item.state.fallbackOutcome : undefined;
  const refusal = fallbackAfterRejection(outcome);
  // An earlier send may still be carried out, and EnKash's refusal says nothing about it. After another unclear send, the
  // status that was read before it is out of date.
  const fallbackOutcome = before?.kind === 'unconfirmed' && refusal === outcome ? before : refusal;
  const failedAttempts = failedAttemptsOf(item);
  if (outcome.cause === 'unauthorized')
    return {
      state: { kind: 'retry-scheduled', retryAt: now, fallbackOutcome, failedAttempts },
      ...healthOfUnauthorized(outcome),
    };
  const health =
    outcome.cause === 'sign-in-failed'
      ? healthOfSignInFailure(outcome, now)
      : healthOfRateLimit(outcome.until ?? now, now);
  return {
    state: {
      kind: 'retry-scheduled',
      retryAt: health.rateLimitedUntil ?? now,
      fallbackOutcome,
      failedAttempts,
    },
    ...health,
  };
}

/** A 429 without EnKash’s envelope comes from an intermediary, so the code may have been changed. */
function fallbackAfterRejection(outcome: Outcome & { kind: 'rejected' }): Outcome {
  return outcome.cause === 'rate-limited' && outcome.code === null
    ? { kind: 'unconfirmed', reason: 'intermediary', httpStatus: outcome.httpStatus }
    : outcome;
}

/** The state of an item that was claimed and not sent. `now` is epoch milliseconds. */
export function toUnsentState({ state }: Item, now: number): ItemState {
  if (state.kind !== 'in-flight' || !state.fallbackOutcome) return { kind: 'pending' };
  return { ...state, kind: 'retry-scheduled', retryAt: now, fallbackOutcome: state.fallbackOutcome };
}

function failedAttemptsOf({ state }: Item): number {
  return ('failedAttempts' in state && state.failedAttempts) || 0;
}

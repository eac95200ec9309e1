import { ACTIVE, CANCELLED, type QrCode } from '../enkash/qr-code.ts';
import { MAX_RETRY_AFTER_MS } from '../enkash/retry-after.ts';
import type { AmbiguousReason, GatewayResult, NotSentReason } from '../model/gateway-result.ts';
import type { PauseReason, PausingResponse } from '../model/job.ts';
import type { Item, ItemState, UnknownItem } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { isRetryable, said, statusOf } from '../qr-code/resolve-outcome.ts';

/** How often a code is sent that the gateway fails at, before it is left as not confirmed. */
export const MAX_SEND_ATTEMPTS = 6;
/** How often a code is read that can't be read, before it is left as not confirmed. */
export const MAX_READ_ATTEMPTS = 5;
const INITIAL_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

/**
 * A failure that may strike other codes as well. `server`: EnKash failed, or did not answer. `intermediary`: something
 * in between answered in its place. `refused`: EnKash refused the code. `sign-in-failed`: there was no token, for a reason
 * that may pass. `keys-refused`: EnKash refused the keys.
 */
export type FailureSign = 'server' | 'intermediary' | 'refused' | 'sign-in-failed' | 'unauthorized';

/**
 * What a response says about the gateway. `good`: EnKash answered. `strained`: it did, but not at once. `rate`: it asked
 * to wait. `none`: it was not asked, or the response says nothing about it.
 */
export type Sign = 'ok' | 'degraded' | 'rate' | 'none' | FailureSign;

/** The result of a sending or a read, for its item and for the job. */
export interface ItemTransition {
  /** The item's next state; absent if it stays as it is and is looked at again. */
  state?: ItemState;
  /** Where it is known that nothing has left. */
  revertSend?: boolean;
  health: Sign;
  /** The response, if a row of the same would pause the job. */
  response?: PausingResponse;
  /** Epoch milliseconds before which the gateway wants no further call. */
  rateLimitedUntil?: number;
  /** Why the job can't go on for now. */
  pause?: PauseReason;
}

/** Milliseconds until what has failed so many times is tried again. */
export function backoffDelay(tries: number): number {
  return Math.min(MAX_BACKOFF_MS, INITIAL_BACKOFF_MS * 2 ** Math.max(0, tries - 1));
}

/** The result of a sending for its item. A failure that does not `count` does not bring the item nearer to its end. */
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
      // Until a read has shown what it is now, a refusal may come from an earlier sending that did take effect.
      if (outcome.currentStatus === undefined)
        return {
          state: { kind: 'unresolved', fallbackOutcome: outcome, failedAttempts },
          ...refusal(outcome),
        };
      return { state: refusedAgain(item, outcome), ...refusal(outcome) };
    case 'not-found':
      return { state: outcome, ...unknownCode(outcome.message) };
    case 'unconfirmed':
      return afterUnclear(outcome, failedAttempts, now, counts);
    default:
      return {
        state: outcome,
        health: 'evidence' in outcome && outcome.evidence === 'check' ? 'degraded' : 'ok',
      };
  }
}

/**
 * EnKash refused a later sending. An earlier one that was unclear may still be under way, such as that of a worker that
 * was killed, and a refusal says nothing about it.
 */
function refusedAgain({ state }: Item, outcome: Outcome & { kind: 'rejected' }): Outcome {
  const before = state.kind === 'in-flight' ? state.fallbackOutcome : undefined;
  if (before?.kind !== 'unconfirmed') return outcome;
  const { message, currentStatus } = outcome;
  return { ...before, ...said(message), ...(currentStatus === undefined ? {} : { currentStatus }) };
}

function afterUnclear(
  outcome: Outcome & { kind: 'unconfirmed' },
  tries: number,
  now: number,
  counts: boolean,
): ItemTransition {
  const { reason, currentStatus } = outcome;
  if (reason === 'no-longer-found') return { state: outcome, ...unknownCode(outcome.message) };
  const failure = failureBy(outcome);
  const failed = tries + (counts ? 1 : 0);
  if (currentStatus === undefined)
    return { state: { kind: 'unresolved', fallbackOutcome: outcome, failedAttempts: failed }, ...failure };
  if (currentStatus !== ACTIVE) return { state: outcome, health: 'ok' };
  if (!maySendOnceMore(reason)) return { state: outcome, ...failure };
  return { state: retryOrGiveUp(outcome, failed, now), ...failure };
}

/**
 * The result of a read for an item that is `unknown`. `reads` counts the reads that failed for this item alone, with this
 * one.
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
      // The refusal was counted when it came, perhaps by an earlier run; the read adds none to it.
      return { state, health: state.kind === 'rejected' ? 'none' : 'ok' };
    }
    case 'not-found':
      return { state: afterNotFound(item, fallbackOutcome, read.message), ...unknownCode(read.message) };
    case 'not-sent':
      return healthOfNotSent(read, now);
    case 'rate-limited':
      return { health: 'rate', ...rateLimitOf(read.until, now) };
    case 'unauthorized':
      return { health: 'unauthorized', response: wordsOf(read) };
    case 'sign-in-failed':
      return signInFailed(read, now);
    case 'rejected':
      return { ...givenUp, ...refusal(read) };
    case 'ambiguous':
      return { ...givenUp, ...failureBy(read) };
  }
}

function resolveByStatus(
  item: Item,
  otherwise: Outcome,
  currentStatus: string | undefined,
  now: number,
): ItemState {
  if (otherwise.kind === 'rejected') {
    if (currentStatus !== CANCELLED)
      return {
        ...unresolvedOutcome(item, otherwise),
        ...(currentStatus === undefined ? {} : { currentStatus }),
      };
    const { code, message } = otherwise;
    return item.sendings > 1
      ? { kind: 'cancelled', evidence: 'check' }
      : { kind: 'already-cancelled', code, message };
  }
  if (otherwise.kind !== 'unconfirmed') return otherwise;
  const known: Outcome = { ...otherwise, ...(currentStatus === undefined ? {} : { currentStatus }) };
  // An answer for another id may mean that another code was cancelled: that is never told as a success.
  if (currentStatus === CANCELLED && otherwise.reason !== 'another-id')
    return { kind: 'cancelled', evidence: 'check' };
  if (currentStatus !== ACTIVE || !maySendOnceMore(otherwise.reason)) return known;
  return retryOrGiveUp(known, failedAttemptsOf(item), now);
}

/** EnKash does not know the code. After a sending that may have been carried out, that says nothing of its result. */
function afterNotFound(item: Item, otherwise: Outcome, message: string): Outcome {
  const known = unresolvedOutcome(item, otherwise);
  if (known.kind !== 'unconfirmed') return { kind: 'not-found', ...said(message) };
  const { currentStatus: _, ...unconfirmed } = known;
  return { ...unconfirmed, ...said(message) };
}

/** Whether a response was an intermediary's: its refusal, or a page or nothing in place of EnKash's answer. */
export function isIntermediarys(reason: AmbiguousReason | 'interrupted'): boolean {
  return reason === 'intermediary' || reason === 'not-json' || reason === 'empty';
}

/**
 * Whether a job may send a code that is still ACTIVE again. A job continues where a single cancel gives up: an
 * intermediary strikes all codes alike, and none of them may be lost by it.
 */
function maySendOnceMore(reason: AmbiguousReason | 'interrupted'): boolean {
  return isIntermediarys(reason) || isRetryable(reason);
}

/** What is still ACTIVE after a sending that may have been lost is sent again, but not for ever. */
function retryOrGiveUp(outcome: Outcome, failedAttempts: number, now: number): ItemState {
  if (failedAttempts >= MAX_SEND_ATTEMPTS) return outcome;
  const isInterrupted = outcome.kind === 'unconfirmed' && outcome.reason === 'interrupted';
  const retryAt = now + (isInterrupted ? 0 : backoffDelay(failedAttempts));
  return { kind: 'retry-scheduled', retryAt, fallbackOutcome: outcome, failedAttempts };
}

/** The result of an item that can't be read: a refusal does not show what an earlier sending did. */
export function unresolvedOutcome(item: Item, otherwise: Outcome): Outcome {
  return otherwise.kind === 'rejected' && item.sendings > 1
    ? { kind: 'unconfirmed', reason: 'interrupted', ...said(otherwise.message) }
    : otherwise;
}

/** EnKash refused the caller, not the code: it is sent again as soon as the cause has passed. */
function transitionAfterRejection(
  item: Item,
  outcome: Outcome & { kind: 'rejected' },
  now: number,
): ItemTransition {
  const before = item.state.kind === 'in-flight' ? item.state.fallbackOutcome : undefined;
  // An earlier sending may still take effect, and this refusal says nothing about that one.
  const fallbackOutcome = before?.kind === 'unconfirmed' ? before : resultOf(outcome);
  const failedAttempts = failedAttemptsOf(item);
  if (outcome.cause === 'unauthorized')
    return {
      state: { kind: 'retry-scheduled', retryAt: now, fallbackOutcome, failedAttempts },
      health: 'unauthorized',
      response: wordsOf(outcome),
    };
  const held =
    outcome.cause === 'sign-in-failed'
      ? signInFailed(outcome, now)
      : ({ health: 'rate', ...rateLimitOf(outcome.until ?? now, now) } as const);
  return {
    state: {
      kind: 'retry-scheduled',
      retryAt: held.rateLimitedUntil ?? now,
      fallbackOutcome,
      failedAttempts,
    },
    ...held,
  };
}

/** A 429 without EnKash's envelope is an intermediary's: EnKash did not say that the code was not changed. */
function resultOf(outcome: Outcome & { kind: 'rejected' }): Outcome {
  return outcome.cause === 'rate-limited' && outcome.code === null
    ? { kind: 'unconfirmed', reason: 'intermediary', httpStatus: outcome.httpStatus }
    : outcome;
}

/** The state of an item that was claimed and not sent. */
export function toUnsentState({ state }: Item, now: number): ItemState {
  if (state.kind !== 'in-flight' || !state.fallbackOutcome) return { kind: 'pending' };
  return { ...state, kind: 'retry-scheduled', retryAt: now, fallbackOutcome: state.fallbackOutcome };
}

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

/** A response that was not sent: why, and the sign-in's own response if that is the cause. */
interface NotSent extends PausingResponse {
  reason: NotSentReason;
  until?: number;
}

function healthOfNotSent(notSent: NotSent, now: number): ItemTransition {
  const { reason, until } = notSent;
  if (reason === 'rate-limited') return { health: 'none', ...rateLimitOf(until ?? now, now) };
  if (reason === 'unauthorized') return { health: 'unauthorized', response: wordsOf(notSent) };
  if (reason === 'auth-unavailable') return signInFailed(notSent, now);
  const pause = PAUSE_BY_REASON[reason];
  return { health: 'none', ...(pause ? { pause } : {}) };
}

/** Without a token nothing can be sent, so every call waits. */
function signInFailed(response: PausingResponse, now: number): ItemTransition {
  return {
    health: 'sign-in-failed',
    response: wordsOf(response),
    rateLimitedUntil: now + INITIAL_BACKOFF_MS,
  };
}

function refusal(response: PausingResponse): Pick<ItemTransition, 'health' | 'response'> {
  return { health: 'refused', response: wordsOf(response) };
}

function unknownCode(message: string | undefined): Pick<ItemTransition, 'health' | 'response'> {
  return { health: 'refused', response: { message, isNotFound: true } };
}

/** An unclear response as a failure that others may share. */
function failureBy(response: PausingResponse & { reason: AmbiguousReason | 'interrupted' }): {
  health: Sign;
  response?: PausingResponse;
} {
  // EnKash refused a later sending; the next read shows what it says of the code.
  if (response.reason === 'interrupted') return { health: 'none' };
  if (isIntermediarys(response.reason)) return { health: 'intermediary', response: wordsOf(response) };
  return { health: 'server' };
}

/** The parts of a response that are shown while a job is paused by it. */
function wordsOf({ httpStatus, code, message }: PausingResponse): PausingResponse {
  return { httpStatus: httpStatus || undefined, code, message };
}

/** A wait that is not credible is not waited for: the operator says when to go on. */
function rateLimitOf(until: number, now: number): Pick<ItemTransition, 'rateLimitedUntil' | 'pause'> {
  return until - now > MAX_RETRY_AFTER_MS ? { pause: 'rate' } : { rateLimitedUntil: until };
}

function failedAttemptsOf({ state }: Item): number {
  return ('failedAttempts' in state && state.failedAttempts) || 0;
}

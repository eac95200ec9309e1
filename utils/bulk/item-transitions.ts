import { ACTIVE, CANCELLED, type QrCode } from '../enkash/qr-code.ts';
import { MAX_CREDIBLE_WAIT_MS } from '../enkash/retry-after.ts';
import type { GatewayAnswer, NotSentReason, UnclearReason } from '../model/gateway-result.ts';
import type { PausedBy, PausingResponse } from '../model/job.ts';
import type { Item, ItemState, UnknownItem } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { maySendAgain, said, statusOf } from '../qr-code/resolve-outcome.ts';

/** How often a code is sent that the gateway fails at, before it is left as not confirmed. */
export const MAX_TRIES = 6;
/** How often a code is read that can't be read, before it is left as not confirmed. */
export const MAX_READS = 5;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * A failure that may strike other codes as well. `server`: EnKash failed, or did not answer. `intermediary`: something
 * in between answered in its place. `refused`: EnKash refused the code. `sign-in-failed`: there was no token, for a reason
 * that may pass. `keys-refused`: EnKash refused the keys.
 */
export type FailureSign = 'server' | 'intermediary' | 'refused' | 'sign-in-failed' | 'keys-refused';

/**
 * What a response says about the gateway. `good`: EnKash answered. `strained`: it did, but not at once. `rate`: it asked
 * to wait. `none`: it was not asked, or the response says nothing about it.
 */
export type Sign = 'good' | 'strained' | 'rate' | 'none' | FailureSign;

/** The result of a sending or a read, for its item and for the job. */
export interface Verdict {
  /** The item's next state; absent if it stays as it is and is looked at again. */
  state?: ItemState;
  /** Where it is known that nothing has left. */
  takeBackSending?: boolean;
  sign: Sign;
  /** The response, if a row of the same would pause the job. */
  response?: PausingResponse;
  /** Epoch milliseconds before which the gateway wants no further call. */
  holdUntil?: number;
  /** Why the job can't go on for now. */
  pause?: PausedBy;
}

/** Milliseconds until what has failed so many times is tried again. */
export function delayAfter(tries: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, tries - 1));
}

/** The result of a sending for its item. A failure that does not `count` does not bring the item nearer to its end. */
export function afterSending(item: Item, outcome: Outcome, now: number, counts = true): Verdict {
  const tries = triesOf(item);
  switch (outcome.kind) {
    case 'not-sent':
      if (outcome.reason === 'invalid-id') return { state: outcome, takeBackSending: true, sign: 'none' };
      return { state: released(item, now), takeBackSending: true, ...heldUp(outcome, now) };
    case 'rejected':
      if (outcome.because) return turnedAway(item, outcome, now);
      // Until a read has shown what it is now, a refusal may come from an earlier sending that did take effect.
      if (outcome.statusNow === undefined)
        return { state: { kind: 'unknown', otherwise: outcome, tries }, ...refusal(outcome) };
      return { state: refusedAgain(item, outcome), ...refusal(outcome) };
    case 'not-found':
      return { state: outcome, ...unknownCode(outcome.message) };
    case 'unconfirmed':
      return afterUnclear(outcome, tries, now, counts);
    default:
      return {
        state: outcome,
        sign: 'evidence' in outcome && outcome.evidence === 'check' ? 'strained' : 'good',
      };
  }
}

/**
 * EnKash refused a later sending. An earlier one that was unclear may still be under way, such as that of a worker that
 * was killed, and a refusal says nothing about it.
 */
function refusedAgain({ state }: Item, outcome: Outcome & { kind: 'rejected' }): Outcome {
  const before = state.kind === 'sending' ? state.otherwise : undefined;
  if (before?.kind !== 'unconfirmed') return outcome;
  const { message, statusNow } = outcome;
  return { ...before, ...said(message), ...(statusNow === undefined ? {} : { statusNow }) };
}

function afterUnclear(
  outcome: Outcome & { kind: 'unconfirmed' },
  tries: number,
  now: number,
  counts: boolean,
): Verdict {
  const { reason, statusNow } = outcome;
  if (reason === 'no-longer-found') return { state: outcome, ...unknownCode(outcome.message) };
  const failure = failureBy(outcome);
  const failed = tries + (counts ? 1 : 0);
  if (statusNow === undefined)
    return { state: { kind: 'unknown', otherwise: outcome, tries: failed }, ...failure };
  if (statusNow !== ACTIVE) return { state: outcome, sign: 'good' };
  if (!maySendOnceMore(reason)) return { state: outcome, ...failure };
  return { state: onceMore(outcome, failed, now), ...failure };
}

/**
 * The result of a read for an item that is `unknown`. `reads` counts the reads that failed for this item alone, with this
 * one.
 */
export function afterReading(
  item: UnknownItem,
  read: GatewayAnswer<QrCode>,
  reads: number,
  now: number,
): Verdict {
  const { otherwise } = item.state;
  const givenUp = reads < MAX_READS ? {} : { state: leftUnknown(item, otherwise) };
  switch (read.kind) {
    case 'answered': {
      const state = byStatus(item, otherwise, statusOf(read), now);
      // The refusal was counted when it came, perhaps by an earlier run; the read adds none to it.
      return { state, sign: state.kind === 'rejected' ? 'none' : 'good' };
    }
    case 'not-found':
      return { state: afterNotFound(item, otherwise, read.message), ...unknownCode(read.message) };
    case 'not-sent':
      return heldUp(read, now);
    case 'rate-limited':
      return { sign: 'rate', ...holdOf(read.until, now) };
    case 'keys-refused':
      return { sign: 'keys-refused', response: wordsOf(read) };
    case 'sign-in-failed':
      return signInFailed(read, now);
    case 'rejected':
      return { ...givenUp, ...refusal(read) };
    case 'unclear':
      return { ...givenUp, ...failureBy(read) };
  }
}

function byStatus(item: Item, otherwise: Outcome, statusNow: string | undefined, now: number): ItemState {
  if (otherwise.kind === 'rejected') {
    if (statusNow !== CANCELLED)
      return { ...leftUnknown(item, otherwise), ...(statusNow === undefined ? {} : { statusNow }) };
    const { code, message } = otherwise;
    return item.sendings > 1
      ? { kind: 'cancelled', evidence: 'check' }
      : { kind: 'already-cancelled', code, message };
  }
  if (otherwise.kind !== 'unconfirmed') return otherwise;
  const known: Outcome = { ...otherwise, ...(statusNow === undefined ? {} : { statusNow }) };
  // An answer for another id may mean that another code was cancelled: that is never told as a success.
  if (statusNow === CANCELLED && otherwise.reason !== 'another-id')
    return { kind: 'cancelled', evidence: 'check' };
  if (statusNow !== ACTIVE || !maySendOnceMore(otherwise.reason)) return known;
  return onceMore(known, triesOf(item), now);
}

/** EnKash does not know the code. After a sending that may have been carried out, that says nothing of its result. */
function afterNotFound(item: Item, otherwise: Outcome, message: string): Outcome {
  const known = leftUnknown(item, otherwise);
  if (known.kind !== 'unconfirmed') return { kind: 'not-found', ...said(message) };
  const { statusNow: _, ...unconfirmed } = known;
  return { ...unconfirmed, ...said(message) };
}

/** Whether a response was an intermediary's: its refusal, or a page or nothing in place of EnKash's answer. */
export function isIntermediarys(reason: UnclearReason | 'interrupted'): boolean {
  return reason === 'intermediary' || reason === 'not-json' || reason === 'empty';
}

/**
 * Whether a job may send a code that is still ACTIVE again. A job continues where a single cancel gives up: an
 * intermediary strikes all codes alike, and none of them may be lost by it.
 */
function maySendOnceMore(reason: UnclearReason | 'interrupted'): boolean {
  return isIntermediarys(reason) || maySendAgain(reason);
}

/** What is still ACTIVE after a sending that may have been lost is sent again, but not for ever. */
function onceMore(outcome: Outcome, tries: number, now: number): ItemState {
  if (tries >= MAX_TRIES) return outcome;
  const isInterrupted = outcome.kind === 'unconfirmed' && outcome.reason === 'interrupted';
  const notBefore = now + (isInterrupted ? 0 : delayAfter(tries));
  return { kind: 'waiting', notBefore, otherwise: outcome, tries };
}

/** The result of an item that can't be read: a refusal does not show what an earlier sending did. */
export function leftUnknown(item: Item, otherwise: Outcome): Outcome {
  return otherwise.kind === 'rejected' && item.sendings > 1
    ? { kind: 'unconfirmed', reason: 'interrupted', ...said(otherwise.message) }
    : otherwise;
}

/** EnKash refused the caller, not the code: it is sent again as soon as the cause has passed. */
function turnedAway(item: Item, outcome: Outcome & { kind: 'rejected' }, now: number): Verdict {
  const before = item.state.kind === 'sending' ? item.state.otherwise : undefined;
  // An earlier sending may still take effect, and this refusal says nothing about that one.
  const otherwise = before?.kind === 'unconfirmed' ? before : resultOf(outcome);
  const tries = triesOf(item);
  if (outcome.because === 'keys-refused')
    return {
      state: { kind: 'waiting', notBefore: now, otherwise, tries },
      sign: 'keys-refused',
      response: wordsOf(outcome),
    };
  const held =
    outcome.because === 'sign-in-failed'
      ? signInFailed(outcome, now)
      : ({ sign: 'rate', ...holdOf(outcome.until ?? now, now) } as const);
  return { state: { kind: 'waiting', notBefore: held.holdUntil ?? now, otherwise, tries }, ...held };
}

/** A 429 without EnKash's envelope is an intermediary's: EnKash did not say that the code was not changed. */
function resultOf(outcome: Outcome & { kind: 'rejected' }): Outcome {
  return outcome.because === 'rate-limited' && outcome.code === null
    ? { kind: 'unconfirmed', reason: 'intermediary', httpStatus: outcome.httpStatus }
    : outcome;
}

/** The state of an item that was claimed and not sent. */
export function released({ state }: Item, now: number): ItemState {
  if (state.kind !== 'sending' || !state.otherwise) return { kind: 'pending' };
  return { ...state, kind: 'waiting', notBefore: now, otherwise: state.otherwise };
}

const PAUSES: Readonly<Partial<Record<NotSentReason, PausedBy>>> = {
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

function heldUp(notSent: NotSent, now: number): Verdict {
  const { reason, until } = notSent;
  if (reason === 'asked-to-wait') return { sign: 'none', ...holdOf(until ?? now, now) };
  if (reason === 'keys-refused') return { sign: 'keys-refused', response: wordsOf(notSent) };
  if (reason === 'sign-in-unavailable') return signInFailed(notSent, now);
  const pause = PAUSES[reason];
  return { sign: 'none', ...(pause ? { pause } : {}) };
}

/** Without a token nothing can be sent, so every call waits. */
function signInFailed(response: PausingResponse, now: number): Verdict {
  return { sign: 'sign-in-failed', response: wordsOf(response), holdUntil: now + FIRST_DELAY_MS };
}

function refusal(response: PausingResponse): Pick<Verdict, 'sign' | 'response'> {
  return { sign: 'refused', response: wordsOf(response) };
}

function unknownCode(message: string | undefined): Pick<Verdict, 'sign' | 'response'> {
  return { sign: 'refused', response: { message, isNotFound: true } };
}

/** An unclear response as a failure that others may share. */
function failureBy(response: PausingResponse & { reason: UnclearReason | 'interrupted' }): {
  sign: Sign;
  response?: PausingResponse;
} {
  // EnKash refused a later sending; the next read shows what it says of the code.
  if (response.reason === 'interrupted') return { sign: 'none' };
  if (isIntermediarys(response.reason)) return { sign: 'intermediary', response: wordsOf(response) };
  return { sign: 'server' };
}

/** The parts of a response that are shown while a job is paused by it. */
function wordsOf({ httpStatus, code, message }: PausingResponse): PausingResponse {
  return { httpStatus: httpStatus || undefined, code, message };
}

/** A wait that is not credible is not waited for: the operator says when to go on. */
function holdOf(until: number, now: number): Pick<Verdict, 'holdUntil' | 'pause'> {
  return until - now > MAX_CREDIBLE_WAIT_MS ? { pause: 'rate' } : { holdUntil: until };
}

function triesOf({ state }: Item): number {
  return ('tries' in state && state.tries) || 0;
}

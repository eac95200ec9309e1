import type { GatewayAnswer, NotSentReason, UnclearReason } from '../enkash/errors.ts';
import { ACTIVE, CANCELLED, type QrCode } from '../enkash/qr-code.ts';
import { MAX_CREDIBLE_WAIT_MS } from '../enkash/retry-after.ts';
import type { Outcome } from '../qr-code/outcome.ts';
import { maySendAgain, statusOf } from '../qr-code/settle.ts';
import type { Item, ItemState } from './item.ts';
import type { PausedBy } from './job.ts';

/** How often a code is sent that the gateway fails at, before it is left as not confirmed. */
export const MAX_TRIES = 6;
/** How often a code is read that can't be read, before it is left as not confirmed. */
export const MAX_READS = 5;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

/** What a sending or a reading amounts to, for its item and for the job. */
export interface Verdict {
  /** The item's next state; absent where it stays as it is and is looked at again. */
  state?: ItemState;
  /** Where it is known that nothing has left. */
  takeBackSending?: boolean;
  /**
   * `good`: the gateway dealt with the code. `strained`: it did, but not at once. `server`: it failed. `rate`: it
   * asked to wait. `sign-in`: it did not take the keys. `none`: it was not asked, or that says nothing of it.
   */
  sign: 'good' | 'strained' | 'server' | 'rate' | 'sign-in' | 'none';
  /** Epoch milliseconds before which the gateway wants no further call. */
  holdUntil?: number;
  /** Why the job can't go on for now. */
  pause?: PausedBy;
}

/** Milliseconds until what has failed so many times is tried again. */
export function delayAfter(tries: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
}

/** What becomes of an item after it was sent. */
export function afterSending(item: Item, outcome: Outcome, now: number): Verdict {
  const tries = triesOf(item);
  switch (outcome.kind) {
    case 'not-sent':
      if (outcome.reason === 'invalid-id') return { state: outcome, takeBackSending: true, sign: 'none' };
      return {
        state: released(item, now),
        takeBackSending: true,
        ...heldUp(outcome.reason, outcome.until, now),
      };
    case 'rejected':
      if (outcome.because) return turnedAway(item, outcome, now);
      // Until a read has shown what it is now, a refusal may come from an earlier sending that did take effect.
      if (outcome.statusNow === undefined)
        return { state: { kind: 'unknown', otherwise: outcome, tries }, sign: 'server' };
      return { state: outcome, sign: 'good' };
    case 'unconfirmed':
      if (outcome.statusNow === undefined)
        return { state: { kind: 'unknown', otherwise: outcome, tries: tries + 1 }, sign: 'server' };
      if (outcome.statusNow !== ACTIVE || !maySendOnceMore(outcome.reason))
        return { state: outcome, sign: 'good' };
      return { state: onceMore(outcome, tries + 1, now), sign: 'server' };
    case 'cancelled':
      return { state: outcome, sign: outcome.evidence === 'check' ? 'strained' : 'good' };
    default:
      return { state: outcome, sign: 'good' };
  }
}

/** What becomes of an item that is `unknown` after it was read for the `reads`th time. */
export function afterReading(
  item: Item & { state: { kind: 'unknown' } },
  read: GatewayAnswer<QrCode>,
  reads: number,
  now: number,
): Verdict {
  const { otherwise } = item.state;
  switch (read.kind) {
    case 'answered':
      return { state: byStatus(item, otherwise, statusOf(read), now), sign: 'good' };
    case 'not-found':
      return { state: afterNotFound(item, otherwise, read.message), sign: 'good' };
    case 'not-sent':
      return heldUp(read.reason, read.until, now);
    case 'rate-limited':
      return { sign: 'rate', ...holdOf(read.until, now) };
    case 'keys-refused':
      return { sign: 'sign-in' };
    case 'sign-in-failed':
      return { sign: 'server' };
    case 'rejected':
    case 'unclear': {
      const sign = read.kind === 'unclear' ? 'server' : 'none';
      return reads < MAX_READS ? { sign } : { state: leftUnknown(item, otherwise), sign };
    }
  }
}

function byStatus(item: Item, otherwise: Outcome, statusNow: string | undefined, now: number): ItemState {
  if (otherwise.kind === 'rejected') {
    if (statusNow !== CANCELLED) return { ...otherwise, ...(statusNow === undefined ? {} : { statusNow }) };
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
  const words = message ? { message } : {};
  if (known.kind !== 'unconfirmed') return { kind: 'not-found', ...words };
  const { statusNow: _, ...unconfirmed } = known;
  return { ...unconfirmed, ...words };
}

/**
 * Whether a job may send a code that is still ACTIVE again. A job goes on where a single cancel gives up: an
 * intermediary's refusal strikes all codes alike, and none of them may be lost by it.
 */
function maySendOnceMore(reason: UnclearReason | 'interrupted'): boolean {
  return reason === 'intermediary' || maySendAgain(reason);
}

/** What is still ACTIVE after a sending that may have been lost is sent again, but not for ever. */
function onceMore(outcome: Outcome, tries: number, now: number): ItemState {
  if (tries >= MAX_TRIES) return outcome;
  const notBefore = now + (tries === 0 ? 0 : delayAfter(tries));
  return { kind: 'waiting', notBefore, otherwise: outcome, tries };
}

/** What is told of an item that can't be read: a refusal says nothing of what an earlier sending did. */
export function leftUnknown(item: Item, otherwise: Outcome): Outcome {
  return otherwise.kind === 'rejected' && item.sendings > 1
    ? { kind: 'unconfirmed', reason: 'interrupted' }
    : otherwise;
}

/** EnKash refused the caller, not the code: it is sent again as soon as the cause has passed. */
function turnedAway(item: Item, outcome: Outcome & { kind: 'rejected' }, now: number): Verdict {
  const before = item.state.kind === 'sending' ? item.state.otherwise : undefined;
  // An earlier sending may still take effect, and this refusal says nothing about that one.
  const otherwise = before?.kind === 'unconfirmed' ? before : resultOf(outcome);
  const tries = triesOf(item);
  if (outcome.because === 'keys-refused')
    return { state: { kind: 'waiting', notBefore: now, otherwise, tries }, sign: 'sign-in' };
  if (outcome.because === 'sign-in-failed')
    return { state: { kind: 'waiting', notBefore: now, otherwise, tries }, sign: 'server' };
  const hold = holdOf(outcome.until ?? now, now);
  const notBefore = hold.holdUntil ?? now;
  return { state: { kind: 'waiting', notBefore, otherwise, tries }, sign: 'rate', ...hold };
}

/** A 429 without EnKash's envelope is an intermediary's: EnKash did not say that the code was not changed. */
function resultOf(outcome: Outcome & { kind: 'rejected' }): Outcome {
  return outcome.because === 'rate-limited' && outcome.code === null
    ? { kind: 'unconfirmed', reason: 'intermediary', httpStatus: outcome.httpStatus }
    : outcome;
}

function released({ state }: Item, now: number): ItemState {
  if (state.kind !== 'sending' || !state.otherwise) return { kind: 'pending' };
  return { kind: 'waiting', notBefore: now, otherwise: state.otherwise, tries: state.tries ?? 0 };
}

/** Gives back an item that was claimed and not sent. */
export function givenBack(item: Item, now: number): Pick<Verdict, 'takeBackSending'> & { state: ItemState } {
  return { state: released(item, now), takeBackSending: true };
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

function heldUp(reason: NotSentReason, until: number | undefined, now: number): Verdict {
  if (reason === 'asked-to-wait') return { sign: 'none', ...holdOf(until ?? now, now) };
  if (reason === 'keys-refused') return { sign: 'sign-in' };
  if (reason === 'sign-in-unavailable') return { sign: 'server' };
  const pause = PAUSES[reason];
  return { sign: 'none', ...(pause ? { pause } : {}) };
}

/** A wait that is not credible is not waited for: the operator says when to go on. */
function holdOf(until: number, now: number): Pick<Verdict, 'holdUntil' | 'pause'> {
  return until - now > MAX_CREDIBLE_WAIT_MS ? { pause: 'rate' } : { holdUntil: until };
}

function triesOf({ state }: Item): number {
  return ('tries' in state && state.tries) || 0;
}

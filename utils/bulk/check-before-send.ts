import { ACTIVE, type QrCode } from '../enkash/qr-code.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Item, ItemState, UnknownItem } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  backoffDelay,
  type ItemTransition,
  MAX_SEND_ATTEMPTS,
  toUnsentState,
  transitionAfterRead,
} from './item-transitions.ts';

/** The outcome of a planned cancel that was never sent, because no read showed its code as ACTIVE. */
const NOT_CHECKED: Outcome = { kind: 'not-sent', reason: 'not-checked' };

/**
 * The effect of the read just before a planned cancel; `undefined` if the code is ACTIVE and the cancel may be sent. `counts`:
 * whether a failed read counts against the item. `now` is epoch milliseconds.
 */
export function transitionBeforeSend(
  item: Item,
  read: GatewayResult<QrCode>,
  counts: boolean,
  now: number,
): ItemTransition | undefined {
  if (read.kind === 'answered' && read.payload.status === ACTIVE && !isUnclear(item)) return undefined;
  const unknown = toUnknown(item, counts);
  const transition = transitionAfterRead(unknown, read, 0, now);
  if (transition.state?.kind === 'retry-scheduled') return undefined;
  // If the read failed for a reason that concerns all codes, the item stays as it was. Else it is read again.
  const concernsAll =
    transition.pause !== undefined ||
    transition.rateLimitedUntil !== undefined ||
    transition.health === 'unauthorized';
  const state =
    transition.state ?? (concernsAll ? toUnsentState(item, now) : stateAfterFailedRead(unknown, now));
  return { ...transition, state, revertSend: true };
}

/** Whether an earlier cancel of the item may have been carried out. */
function isUnclear({ state }: Item): boolean {
  return state.kind === 'in-flight' && state.fallbackOutcome?.kind === 'unconfirmed';
}

/** An item whose earlier cancel was refused with its caller waits to be sent, any other to be read. */
function stateAfterFailedRead({ state }: UnknownItem, now: number): ItemState {
  const { fallbackOutcome, failedAttempts = 0 } = state;
  if (fallbackOutcome.kind !== 'rejected') return state;
  if (failedAttempts > MAX_SEND_ATTEMPTS) return fallbackOutcome;
  const retryAt = now + backoffDelay(failedAttempts);
  return { kind: 'retry-scheduled', retryAt, fallbackOutcome, failedAttempts };
}

/** The item as one whose result a read has to show, with the outcome that holds if none does. */
function toUnknown(item: Item, counts: boolean): UnknownItem {
  const { fallbackOutcome = NOT_CHECKED, failedAttempts = 0 } =
    item.state.kind === 'in-flight' ? item.state : {};
  const failed = failedAttempts + (counts && fallbackOutcome.kind !== 'unconfirmed' ? 1 : 0);
  return { ...item, state: { kind: 'unresolved', fallbackOutcome, failedAttempts: failed } };
}

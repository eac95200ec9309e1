import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Item, UnknownItem } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { type ItemTransition, toUnsentState, transitionAfterRead } from './item-transitions.ts';

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
  const unknown = toUnknown(item, counts);
  const transition = transitionAfterRead(unknown, read, 0, now);
  if (transition.state?.kind === 'retry-scheduled') return undefined;
  // If the read failed for a reason that concerns all codes, the item stays as it was. Else it is read again.
  const concernsAll =
    transition.pause !== undefined ||
    transition.rateLimitedUntil !== undefined ||
    transition.health === 'unauthorized';
  const state = transition.state ?? (concernsAll ? toUnsentState(item, now) : unknown.state);
  return { ...transition, state, revertSend: true };
}

/** The item as one whose result a read has to show, with the outcome that holds if none does. */
function toUnknown(item: Item, counts: boolean): UnknownItem {
  const { fallbackOutcome: before, failedAttempts = 0 } = item.state.kind === 'in-flight' ? item.state : {};
  // Only a cancel without a clear response may have been carried out. All others count as never sent.
  if (before?.kind === 'unconfirmed')
    return { ...item, state: { kind: 'unresolved', fallbackOutcome: before, failedAttempts } };
  const failed = failedAttempts + (counts ? 1 : 0);
  return { ...item, state: { kind: 'unresolved', fallbackOutcome: NOT_CHECKED, failedAttempts: failed } };
}

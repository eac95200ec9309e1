import { setTimeout as wait } from 'node:timers/promises';
import { applyOverride } from './apply-override.ts';
import { applyTransform } from './apply-transform.ts';
import type { Call, Outcome } from './call.ts';
import type { AppliedFaults, FaultRegistry } from './fault-registry.ts';
import type { Gateway } from './gateway.ts';
import { jsonDelivery, type RawResponse } from './raw-response.ts';
import type { Effect } from './request-log.ts';

/** Answers calls: what the gateway makes of them, as changed by the faults that strike. */
export class Responder {
  readonly #gateway: Gateway;
  readonly #faults: FaultRegistry;
  #waits = new AbortController();

  constructor(gateway: Gateway, faults: FaultRegistry) {
    this.#gateway = gateway;
    this.#faults = faults;
  }

  /** Ends all waits of slow answers; their calls are not carried out any more and end in a drop. */
  abortPending(): void {
    this.#waits.abort();
    this.#waits = new AbortController();
  }

  /** Settles what is sent in answer to a call, after the waits that faults impose. Notes in `effect` what was done. */
  async answer(call: Call, effect: Effect): Promise<RawResponse> {
    const struck = this.#faults.applyTo(call);
    const waits = struck.dressings.filter(({ answer }) => answer.kind === 'slow');
    if (waits.length === 0) return this.#respond(call, struck, effect);
    const early = waits.some(({ carryOut }) => carryOut) ? this.#respond(call, struck, effect) : undefined;
    const total = waits.reduce((sum, { answer }) => sum + (answer.kind === 'slow' ? answer.ms : 0), 0);
    try {
      await wait(total, undefined, { signal: this.#waits.signal });
    } catch {
      return { mode: 'drop' };
    }
    return early ?? this.#respond(call, struck, effect);
  }

  #respond(call: Call, struck: AppliedFaults, effect: Effect): RawResponse {
    const { decision, dressings, bareTokenTaken } = struck;
    const outcome: Outcome = this.#gateway.perform(call, {
      carryOut: decision?.carryOut ?? true,
      bareTokenTaken,
      ignoreFilters: dressings.some(({ answer }) => answer.kind === 'ignore-filters'),
      shiftPages: dressings.reduce(
        (sum, { answer }) => sum + (answer.kind === 'shift-pages' ? answer.by : 0),
        0,
      ),
    });
    effect.reachedGateway = true;
    effect.carriedOut = outcome.carriedOut === true;
    const dressed = dressings.reduce((so, { answer }) => applyTransform(so, answer), outcome);
    return decision === undefined
      ? {
          ...jsonDelivery(dressed.httpStatus, dressed.json),
          ...(dressed.matches !== undefined && { matches: dressed.matches }),
        }
      : applyOverride(decision.answer, call, dressed);
  }
}

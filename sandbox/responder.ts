import { setTimeout as wait } from 'node:timers/promises';
import { applyOverride } from './apply-override.ts';
import { applyTransform } from './apply-transform.ts';
import type { Call, Outcome } from './call.ts';
import type { AppliedFaults, FaultRegistry } from './fault-registry.ts';
import type { Gateway } from './gateway.ts';
import { jsonDelivery, type RawResponse } from './raw-response.ts';
import type { Effect } from './request-log.ts';

/** Answers calls with the gateway's response, as changed by the faults. */
export class Responder {
  readonly #gateway: Gateway;
  readonly #faults: FaultRegistry;
  #waits = new AbortController();

  constructor(gateway: Gateway, faults: FaultRegistry) {
    this.#gateway = gateway;
    this.#faults = faults;
  }

  /** Ends all delays. Their calls take no effect and end with a dropped connection. */
  abortPending(): void {
    this.#waits.abort();
    this.#waits = new AbortController();
  }

  /** Builds the response to a call, after the delays of its faults. Records the effect in `effect`. */
  async answer(call: Call, effect: Effect): Promise<RawResponse> {
    const faults = this.#faults.applyTo(call);
    const waits = faults.transforms.filter(({ answer }) => answer.kind === 'slow');
    if (waits.length === 0) return this.#respond(call, faults, effect);
    const early = waits.some(({ applyEffect }) => applyEffect)
      ? this.#respond(call, faults, effect)
      : undefined;
    const total = waits.reduce((sum, { answer }) => sum + (answer.kind === 'slow' ? answer.ms : 0), 0);
    try {
      await wait(total, undefined, { signal: this.#waits.signal });
    } catch {
      return { mode: 'drop' };
    }
    return early ?? this.#respond(call, faults, effect);
  }

  #respond(call: Call, faults: AppliedFaults, effect: Effect): RawResponse {
    const { override, transforms, acceptsBareToken } = faults;
    const outcome: Outcome = this.#gateway.perform(call, {
      applyEffect: override?.applyEffect ?? true,
      acceptsBareToken,
      ignoreFilters: transforms.some(({ answer }) => answer.kind === 'ignore-filters'),
      shiftPages: transforms.reduce(
        (sum, { answer }) => sum + (answer.kind === 'shift-pages' ? answer.by : 0),
        0,
      ),
    });
    effect.reachedGateway = true;
    effect.carriedOut = outcome.carriedOut === true;
    const transformed = transforms.reduce((result, { answer }) => applyTransform(result, answer), outcome);
    return override === undefined
      ? {
          ...jsonDelivery(transformed.httpStatus, transformed.json),
          ...(transformed.matches !== undefined && { matches: transformed.matches }),
        }
      : applyOverride(override.answer, call, transformed);
  }
}

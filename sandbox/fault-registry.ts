import type { Call } from './call.ts';
import { checkFault } from './check-fault.ts';
import { type Fault, isTransform, type ResponseOverride, type ResponseTransform } from './fault.ts';

/** The faults that apply to one call. */
export interface AppliedFaults {
  transforms: { answer: ResponseTransform; applyEffect: boolean }[];
  override?: { answer: ResponseOverride; applyEffect: boolean };
  /** Whether the call may send its token without `Bearer `. */
  acceptsBareToken: boolean;
}

/** The active faults, in the order of addition. */
export class FaultRegistry {
  #faults: { id: string; fault: Fault; left: number }[] = [];
  #lastId = 0;

  /** Adds a fault and returns its id. Throws an Error if the fault is invalid. */
  add(fault: Fault): string {
    const checked = structuredClone(checkFault(fault));
    this.#lastId += 1;
    const id = `fault-${this.#lastId}`;
    this.#faults.push({ id, fault: checked, left: checked.times ?? Number.POSITIVE_INFINITY });
    return id;
  }

  /** Removes all faults. */
  clear(): void {
    this.#faults = [];
  }

  /** The active faults. `left` is the number of calls that each still applies to, missing if unlimited. */
  list(): (Fault & { id: string; left?: number })[] {
    return this.#faults.map(({ id, fault, left }) => ({
      id,
      ...fault,
      ...(Number.isFinite(left) && { left }),
    }));
  }

  /** Returns the faults that apply to a call, and counts them down. */
  applyTo(call: Call): AppliedFaults {
    const faults: AppliedFaults = { transforms: [], acceptsBareToken: false };
    for (const entry of this.#faults) {
      const { answer, applyEffect = false } = entry.fault;
      if (!concerns(entry.fault, call)) continue;
      if (isTransform(answer)) {
        faults.transforms.push({ answer, applyEffect: applyEffect });
      } else if (answer.kind === 'bare-token-only' && !bearsBearer(call)) {
        faults.acceptsBareToken = true;
        continue;
      } else if (faults.override === undefined) {
        faults.override = { answer, applyEffect: applyEffect };
      } else {
        continue;
      }
      entry.left -= 1;
    }
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    return faults;
  }
}

function concerns(fault: Fault, call: Call): boolean {
  return (
    (fault.on === 'any' || fault.on === call.operation) &&
    (fault.environment === undefined || fault.environment === call.environment) &&
    (fault.qrCodeId === undefined || fault.qrCodeId === call.qrCodeId)
  );
}

function bearsBearer(call: Call): boolean {
  return call.authorization?.startsWith('Bearer ') ?? false;
}

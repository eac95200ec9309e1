import type { Call } from './call.ts';
import { checkFault } from './check-fault.ts';
import { type Fault, isTransform, type ResponseOverride, type ResponseTransform } from './fault.ts';

/** The faults that strike one call. */
export interface AppliedFaults {
  dressings: { answer: ResponseTransform; carryOut: boolean }[];
  decision?: { answer: ResponseOverride; carryOut: boolean };
  /** Whether the call may bear its token without `Bearer `. */
  bareTokenTaken: boolean;
}

/** The faults switched on, in the order in which they were added. */
export class FaultRegistry {
  #faults: { id: string; fault: Fault; left: number }[] = [];
  #lastId = 0;

  /** Switches a fault on and answers its id. Throws an Error for what is not a fault. */
  add(fault: Fault): string {
    const checked = structuredClone(checkFault(fault));
    this.#lastId += 1;
    const id = `fault-${this.#lastId}`;
    this.#faults.push({ id, fault: checked, left: checked.times ?? Number.POSITIVE_INFINITY });
    return id;
  }

  /** Switches all faults off. */
  clear(): void {
    this.#faults = [];
  }

  /** The faults still on; `left` is how many more calls each strikes, missing where there is no limit. */
  list(): (Fault & { id: string; left?: number })[] {
    return this.#faults.map(({ id, fault, left }) => ({
      id,
      ...fault,
      ...(Number.isFinite(left) && { left }),
    }));
  }

  /** Finds what strikes a call, and counts those faults down. */
  applyTo(call: Call): AppliedFaults {
    const struck: AppliedFaults = { dressings: [], bareTokenTaken: false };
    for (const entry of this.#faults) {
      const { answer, applyEffect = false } = entry.fault;
      if (!concerns(entry.fault, call)) continue;
      if (isTransform(answer)) {
        struck.dressings.push({ answer, carryOut: applyEffect });
      } else if (answer.kind === 'bare-token-only' && !bearsBearer(call)) {
        struck.bareTokenTaken = true;
        continue;
      } else if (struck.decision === undefined) {
        struck.decision = { answer, carryOut: applyEffect };
      } else {
        continue;
      }
      entry.left -= 1;
    }
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    return struck;
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

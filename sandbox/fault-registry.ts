import type { Call } from './call.ts';
import { checkFault } from './check-fault.ts';
import { type Decision, type Dressing, type Fault, isDressing } from './fault.ts';

/** The faults that strike one call. */
export interface Struck {
  dressings: { answer: Dressing; carryOut: boolean }[];
  decision?: { answer: Decision; carryOut: boolean };
  /** Whether the call may bear its token without `Bearer `. */
  bareTokenTaken: boolean;
}

/** The faults switched on, in the order in which they were added. */
export class FaultBook {
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
  strike(call: Call): Struck {
    const struck: Struck = { dressings: [], bareTokenTaken: false };
    for (const entry of this.#faults) {
      const { answer, carryOut = false } = entry.fault;
      if (!concerns(entry.fault, call)) continue;
      if (isDressing(answer)) {
        struck.dressings.push({ answer, carryOut });
      } else if (answer.kind === 'bare-token-only' && !bearsBearer(call)) {
        struck.bareTokenTaken = true;
        continue;
      } else if (struck.decision === undefined) {
        struck.decision = { answer, carryOut };
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

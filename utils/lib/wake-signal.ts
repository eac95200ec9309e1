import type { Clock } from './clock.ts';

/** Lets a loop sleep until there is something to do. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, at once where it has rung since the last wait, or after `ms` milliseconds. */
  wait(ms: number): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(ms) {
      if (!rung) {
        const timer = new AbortController();
        const ring = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await (Number.isFinite(ms) ? Promise.race([ring, clock.sleep(ms, timer.signal)]) : ring);
        timer.abort();
        wake = undefined;
      }
      rung = false;
    },
  };
}

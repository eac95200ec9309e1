import type { Clock } from './clock.ts';

/** Lets a loop sleep until there is something to do. */
export interface WakeSignal {
  ring(): void;
  /** Resolves at the next ring, at once where it has rung since the last wait, or after `ms` milliseconds. */
  wait(ms: number): Promise<void>;
}

export function createWakeSignal(clock: Clock): WakeSignal {
  let isSignalled = false;
  let resolveWaiter: (() => void) | undefined;
  return {
    ring() {
      isSignalled = true;
      resolveWaiter?.();
    },
    async wait(ms) {
      if (!isSignalled) {
        const timer = new AbortController();
        const notify = new Promise<void>((resolve) => {
          resolveWaiter = resolve;
        });
        await (Number.isFinite(ms) ? Promise.race([notify, clock.sleep(ms, timer.signal)]) : notify);
        timer.abort();
        resolveWaiter = undefined;
      }
      isSignalled = false;
    },
  };
}

import type { Clock } from './clock.ts';

/** An auto-reset event: a loop sleeps until another task notifies it. */
export interface WakeSignal {
  notify(): void;
  /** Resolves at the next notification, or after `ms` milliseconds. Resolves at once if one came since the last wait. */
  wait(ms: number): Promise<void>;
}

export function createWakeSignal(clock: Clock): WakeSignal {
  let isSignalled = false;
  let resolveWaiter: (() => void) | undefined;
  return {
    notify() {
      isSignalled = true;
      resolveWaiter?.();
    },
    async wait(ms) {
      if (!isSignalled) {
        const timer = new AbortController();
        const notified = new Promise<void>((resolve) => {
          resolveWaiter = resolve;
        });
        await (Number.isFinite(ms) ? Promise.race([notified, clock.sleep(ms, timer.signal)]) : notified);
        timer.abort();
        resolveWaiter = undefined;
      }
      isSignalled = false;
    },
  };
}

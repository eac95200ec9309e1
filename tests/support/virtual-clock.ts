import type { Clock } from '../../utils/lib/clock.ts';

/** A clock that jumps to the next timer once all other work has settled. */
export interface VirtualClock extends Clock {
  /** Runs until `isOver`: lets all work settle, then jumps to the next timer. Rejects if no timer is left. */
  run(isOver: () => boolean, isBusy: () => boolean): Promise<void>;
  /** Milliseconds since the start. Shifts of the clock do not change it. */
  monotonic(): number;
  /** Shifts the clock by this many milliseconds. Timers keep their remaining time. */
  shift(ms: number): void;
}

/** Far more than any scenario needs; more jumps mean an endless loop. */
const MOST_JUMPS = 20_000;

export function createVirtualClock(): VirtualClock {
  let elapsed = 0;
  let shifted = 0;
  const timers = new Set<{ at: number; wake: () => void }>();
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    monotonic: () => elapsed,
    now: () => START + elapsed + shifted,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = { at: elapsed + Math.max(0, ms), wake };
        function wake() {
          timers.delete(timer);
          resolve();
        }
        if (signal?.aborted) return resolve();
        timers.add(timer);
        signal?.addEventListener('abort', wake, { once: true });
      }),
    shift(ms) {
      shifted += ms;
    },
    async run(isOver, isBusy) {
      for (let jumps = 0; ; jumps += 1) {
        do await turn();
        while (isBusy());
        if (isOver()) return;
        if (timers.size === 0) throw new Error('No timer is left, and the run is not over.');
        if (jumps > MOST_JUMPS) throw new Error('The run does not end.');
        elapsed = Math.min(...[...timers].map(({ at }) => at));
        for (const timer of [...timers]) if (timer.at <= elapsed) timer.wake();
      }
    },
  };
}

const START = Date.UTC(2030, 0, 1);

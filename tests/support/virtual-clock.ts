import type { Clock } from '../../utils/lib/clock.ts';

/** A clock that stands still until nothing else is to be done, and then jumps to whatever comes next. */
export interface VirtualClock extends Clock {
  /** Runs until `isOver`, by turns letting all work settle and jumping to the next timer. */
  run(isOver: () => boolean, isBusy: () => boolean): Promise<void>;
  /** Sets the clock wrong by so many milliseconds, as people do; what sleeps goes on sleeping as long. */
  shift(ms: number): void;
}

/** Far more than any scenario takes; a scenario that gets there has got stuck. */
const MOST_JUMPS = 20_000;

export function createVirtualClock(): VirtualClock {
  let elapsed = 0;
  let shifted = 0;
  const timers = new Set<{ at: number; wake: () => void }>();
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
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
        if (timers.size === 0) throw new Error('Nothing is left to wait for, and it is not over.');
        if (jumps > MOST_JUMPS) throw new Error('It does not come to an end.');
        elapsed = Math.min(...[...timers].map(({ at }) => at));
        for (const timer of [...timers]) if (timer.at <= elapsed) timer.wake();
      }
    },
  };
}

const START = Date.UTC(2030, 0, 1);

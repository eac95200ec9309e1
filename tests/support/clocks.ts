import type { Clock } from '../../utils/lib/clock.ts';

/** A clock that runs `speed` times faster than real time, so that a wait of 20 s is short. */
export function createFastClock(times: number): Clock & { waited: number[] } {
  const start = Date.now();
  const waited: number[] = [];
  return {
    waited,
    now: () => start + (Date.now() - start) * times,
    sleep(ms, signal) {
      waited.push(ms);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms / times);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}

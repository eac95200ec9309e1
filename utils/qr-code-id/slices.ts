import type { Clock } from '../lib/clock.ts';

/** A page that is busy for this many milliseconds still answers the operator. */
const SLICE_MS = 12;

/**
 * Builds a function to await between two parts of a long computation. It lets the page handle its events once the
 * computation has run for a slice of time.
 */
export function createSlicer(clock: Clock): () => Promise<void> {
  let until = clock.now() + SLICE_MS;
  return async () => {
    if (clock.now() < until) return;
    await clock.sleep(0);
    until = clock.now() + SLICE_MS;
  };
}

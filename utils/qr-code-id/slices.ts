import type { Clock } from '../lib/clock.ts';
import { yieldToEvents } from '../lib/time-slice.ts';

/** A page that is busy for this many milliseconds still responds without a noticeable delay. */
const SLICE_MS = 12;

/**
 * Creates a function to await between parts of a long computation. It yields to the page's events after each slice of
 * time.
 */
export function createSlicer(clock: Clock): () => Promise<void> {
  let until = clock.now() + SLICE_MS;
  return async () => {
    if (clock.now() < until) return;
    await yieldToEvents(clock);
    until = clock.now() + SLICE_MS;
  };
}

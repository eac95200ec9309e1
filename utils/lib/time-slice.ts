import type { Clock } from './clock.ts';

/** Milliseconds that a page may be busy without a visible delay. */
const SLICE_MS = 12;
/** Items between two reads of the clock. */
const BATCH = 100;

/**
 * Processes a long list in short slices, so that the page stays responsive. Stops if `shouldContinue` returns false.
 * Returns whether all items were processed.
 */
export async function runInTimeSlices<Item>(
  items: readonly Item[],
  clock: Clock,
  work: (batch: readonly Item[], done: number) => void,
  shouldContinue: () => boolean = () => true,
): Promise<boolean> {
  let until = clock.now() + SLICE_MS;
  for (let from = 0; from < items.length; from += BATCH) {
    if (!shouldContinue()) return false;
    const batch = items.slice(from, from + BATCH);
    work(batch, from + batch.length);
    if (clock.now() < until) continue;
    await clock.sleep(0);
    until = clock.now() + SLICE_MS;
  }
  return shouldContinue();
}

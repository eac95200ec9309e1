import type { Clock } from './clock.ts';

/** So long a page may be busy without anybody noticing, in milliseconds. */
const SLICE_MS = 12;
/** Items between two looks at the clock. */
const BATCH = 100;

/**
 * Goes through a long list a little at a time, so that the page answers meanwhile. Stops where it is no longer wanted;
 * says whether it came to the end.
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

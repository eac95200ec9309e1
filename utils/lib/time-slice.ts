import type { Clock } from './clock.ts';
import type { Rows } from './persistent-vector.ts';

/** Milliseconds that a page may be busy without a visible delay. */
const SLICE_MS = 12;
/** Items between two reads of the clock. */
const BATCH = 100;

/**
 * Processes a long list in short slices, so that the page stays responsive. Stops if `shouldContinue` returns false.
 * Returns whether all items were processed.
 */
export async function runInTimeSlices<Item>(
  items: Rows<Item>,
  clock: Clock,
  work: (batch: readonly Item[], done: number) => void,
  shouldContinue: () => boolean = () => true,
): Promise<boolean> {
  const pause = createSlicer(clock);
  for (let from = 0; from < items.length; from += BATCH) {
    if (!shouldContinue()) return false;
    const batch = items.slice(from, from + BATCH);
    work(batch, from + batch.length);
    await pause();
  }
  return shouldContinue();
}

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

/** What newer browsers have for this purpose (Chromium 129, Firefox 142). */
interface Scheduler {
  yield?(): Promise<void>;
}

/** Lets the page handle its events. Unlike a timer, it does not wait for a second on a tab that is not in front. */
async function yieldToEvents(clock: Clock): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  await (scheduler?.yield?.() ?? clock.sleep(0));
}

import * as v from 'valibot';

/** Tries with a wrong passphrase since the last right one. Kept on disk, so that a restart forgives nothing. */
export interface FailedTries {
  count: number;
  /** Epoch milliseconds of the latest one. */
  lastAt: number;
}

export const NO_FAILED_TRIES: FailedTries = { count: 0, lastAt: 0 };

const FREE_TRIES = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;

const StoredTries = v.object({
  count: v.pipe(v.number(), v.integer(), v.minValue(0)),
  lastAt: v.pipe(v.number(), v.integer()),
});

/** How long after a failed try the next one is let through: not at all for three, then 5 s, 10 s, … 15 min. */
export function delayAfter(count: number): number {
  if (count < FREE_TRIES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - FREE_TRIES));
}

/** Epoch milliseconds before which no try is let through; a clock that was set back does not shorten it. */
export function nextTryAt({ count, lastAt }: FailedTries, now: number): number {
  return Math.min(lastAt, now) + delayAfter(count);
}

/**
 * The tries that were stored, as seen from now. One that lies ahead, since the clock was set back, counts as made just
 * now: the delay starts again, but nobody waits until the clock has caught up.
 */
export function triesSeenFrom(stored: unknown, now: number): FailedTries {
  const parsed = v.safeParse(StoredTries, stored);
  if (!parsed.success) return NO_FAILED_TRIES;
  const { count, lastAt } = parsed.output;
  return { count, lastAt: Math.min(lastAt, now) };
}

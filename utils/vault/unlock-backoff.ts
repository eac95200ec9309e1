import * as v from 'valibot';

/** Tries with a wrong passphrase since the last right one. Kept on disk, so that a restart forgives nothing. */
export interface FailedAttempts {
  count: number;
  /** Epoch milliseconds of the latest one. */
  lastAt: number;
}

export const NO_FAILED_ATTEMPTS: FailedAttempts = { count: 0, lastAt: 0 };

const FREE_ATTEMPTS = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;

const StoredTries = v.object({
  count: v.pipe(v.number(), v.integer(), v.minValue(0)),
  lastAt: v.pipe(v.number(), v.integer()),
});

/** How long after a failed try the next one is let through: not at all for three, then 5 s, 10 s, … 15 min. */
export function backoffDelay(count: number): number {
  if (count < FREE_ATTEMPTS) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - FREE_ATTEMPTS));
}

/** Epoch milliseconds before which no try is let through; a clock that was set back does not shorten it. */
export function retryAt({ count, lastAt }: FailedAttempts, now: number): number {
  return Math.min(lastAt, now) + backoffDelay(count);
}

/**
 * The tries that were stored, as seen from now. One that lies ahead, since the clock was set back, counts as made just
 * now: the delay starts again, but nobody waits until the clock has caught up.
 */
export function clampToNow(stored: unknown, now: number): FailedAttempts {
  const parsed = v.safeParse(StoredTries, stored);
  if (!parsed.success) return NO_FAILED_ATTEMPTS;
  const { count, lastAt } = parsed.output;
  return { count, lastAt: Math.min(lastAt, now) };
}

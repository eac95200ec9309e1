import * as v from 'valibot';

/** Wrong passphrases since the last right one. Stored on disk, so that a restart does not reset the count. */
export interface FailedAttempts {
  count: number;
  /** Epoch milliseconds of the latest one. */
  lastAt: number;
}

export const NO_FAILED_ATTEMPTS: FailedAttempts = { count: 0, lastAt: 0 };

const FREE_ATTEMPTS = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;

const StoredAttempts = v.object({
  count: v.pipe(v.number(), v.integer(), v.minValue(0)),
  lastAt: v.pipe(v.number(), v.integer()),
});

/** Milliseconds between a failed attempt and the next: 0 up to two failures, then 5 s, 10 s, … up to 15 min. */
export function backoffDelay(count: number): number {
  if (count < FREE_ATTEMPTS) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - FREE_ATTEMPTS));
}

/** Epoch milliseconds before which no attempt is allowed. A clock that was set back does not shorten the delay. */
export function retryAt({ count, lastAt }: FailedAttempts, now: number): number {
  return Math.min(lastAt, now) + backoffDelay(count);
}

/**
 * The stored attempts, or none if they are invalid. If the clock was set back, the latest attempt lies in the future:
 * it then counts as made now. The delay restarts, but does not last until the clock has caught up.
 */
export function clampToNow(stored: unknown, now: number): FailedAttempts {
  const parsed = v.safeParse(StoredAttempts, stored);
  if (!parsed.success) return NO_FAILED_ATTEMPTS;
  const { count, lastAt } = parsed.output;
  return { count, lastAt: Math.min(lastAt, now) };
}

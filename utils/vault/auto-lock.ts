/** The idle times, in minutes, after which the vault can be set to lock. */
export const LOCK_AFTER_MINUTES = [1, 5, 15, 60] as const;
export type LockAfterMinutes = (typeof LOCK_AFTER_MINUTES)[number];

/**
 * Whether a vault that was last used at `lastUsedAt` (epoch ms) must be locked at `now`. Also true if the clock was set
 * back, or if an argument is not a number.
 */
export function isExpired(lastUsedAt: number, lockAfterMinutes: number, now: number): boolean {
  const unusedFor = now - lastUsedAt;
  return !(unusedFor >= 0 && unusedFor < lockAfterMinutes * 60_000);
}

/** The choices for how long the vault stays open without use, in minutes. */
export const LOCK_AFTER_MINUTES = [1, 5, 15, 60] as const;
export type LockAfterMinutes = (typeof LOCK_AFTER_MINUTES)[number];

/**
 * Whether a vault that was last used at a moment (epoch ms) has to be locked by now. A clock set back locks too, and
 * so does a moment or a time that is no number.
 */
export function isExpired(lastUsedAt: number, lockAfterMinutes: number, now: number): boolean {
  const unusedFor = now - lastUsedAt;
  return !(unusedFor >= 0 && unusedFor < lockAfterMinutes * 60_000);
}

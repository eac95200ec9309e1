/** Waited where the gateway says "later" without saying when, or says it in a way that can't be read. */
export const DEFAULT_WAIT_MS = 5_000;
/** The longest that a call is held back on its own; beyond it the operator is told when to try again. */
export const MAX_WAIT_MS = 60_000;
/** Beyond this a `Retry-After` is no longer believed: the call is given up, but later ones are not held back. */
export const MAX_CREDIBLE_WAIT_MS = 3_600_000;

/**
 * Whether a moment (epoch ms) is one to wait for. One that is further ahead than anything that is ever waited for was
 * noted before the clock was set back.
 */
export function isAhead(at: number, now: number): boolean {
  return at > now && at - now <= MAX_CREDIBLE_WAIT_MS;
}

/**
 * Milliseconds to wait by a `Retry-After` header (RFC 9110 § 10.2.3: seconds or an HTTP date). Negative and
 * past values mean now; what is missing or unreadable means {@link DEFAULT_WAIT_MS}.
 */
export function waitFromRetryAfter(header: string | null, now: number): number {
  const value = header?.trim() ?? '';
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return Math.max(0, Math.ceil(Number(value) * 1000));
  const date = /[A-Za-z]{3}.*\d{2}:\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? DEFAULT_WAIT_MS : Math.max(0, date - now);
}

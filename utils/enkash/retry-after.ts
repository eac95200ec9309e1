/** Waited if the gateway says "later" without saying when, or says it in a way that can't be read. */
export const DEFAULT_RETRY_AFTER_MS = 5_000;
/** The longest that a call is held back on its own; beyond it the operator is told when to try again. */
export const MAX_INLINE_WAIT_MS = 60_000;
/** Beyond this a `Retry-After` is no longer believed: the call is given up, but later ones are not held back. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Whether a moment (epoch ms) is one to wait for. One that is further ahead than anything that is ever waited for was
 * noted before the clock was set back.
 */
export function isPendingDeadline(at: number, now: number): boolean {
  return at > now && at - now <= MAX_RETRY_AFTER_MS;
}

/**
 * Milliseconds to wait by a `Retry-After` header (RFC 9110 § 10.2.3: seconds, or an HTTP date in one of its three
 * forms). A date is taken against the answer's own `Date`, so that a computer whose clock is wrong neither hurries nor
 * dawdles; `now` (epoch ms) stands in for it. Negative and past values mean now. A header that an intermediary has
 * doubled (`120, 120`) means the longest of its values. If it is missing or unreadable, {@link DEFAULT_RETRY_AFTER_MS}.
 */
export function parseRetryAfter(header: string | null, now: number, date: string | null = null): number {
  const value = header?.trim() ?? '';
  const from = httpDate(date ?? '') ?? now;
  const waits = [value, ...value.split(','), ...datesIn(value)].map((part) => waitOf(part.trim(), from));
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? DEFAULT_RETRY_AFTER_MS : Math.max(...known);
}

function waitOf(value: string, from: number): number | undefined {
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return Math.max(0, Math.ceil(Number(value) * 1000));
  const at = httpDate(value);
  return at === undefined ? undefined : Math.max(0, at - from);
}

/** Dates have commas of their own: each is found as a whole. */
function datesIn(value: string): string[] {
  return value.match(/[A-Za-z]{3,9},? [^,]*?\d{2}:\d{2}:\d{2}(?: \d{4}| GMT)?/g) ?? [];
}

/** Reads an HTTP date (RFC 9110 § 5.6.7), all of whose forms are in GMT; `undefined` if it is none. */
function httpDate(value: string): number | undefined {
  if (!/[a-z]{3}.*\d:\d\d/i.test(value)) return undefined;
  // asctime's form names no zone, and would be taken for local time.
  const at = Date.parse(/gmt|utc/i.test(value) ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

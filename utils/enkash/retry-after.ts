/** The wait if the gateway gives no time, or an unreadable one. */
export const DEFAULT_RETRY_AFTER_MS = 5_000;
/** The longest wait within a call. Beyond it, the call fails with the time to retry at. */
export const MAX_INLINE_WAIT_MS = 60_000;
/** The longest credible `Retry-After`. Beyond it, the call fails, but later calls are not delayed. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Whether a stored deadline (epoch ms) is still ahead. A deadline further ahead than {@link MAX_RETRY_AFTER_MS} was stored
 * before the clock was set back, and is ignored.
 */
export function isPendingDeadline(at: number, now: number): boolean {
  return at > now && at - now <= MAX_RETRY_AFTER_MS;
}

/**
 * Milliseconds to wait according to a `Retry-After` header (RFC 9110 § 10.2.3: seconds, or an HTTP date in one of three
 * forms). A date is compared with the answer's own `Date`, so that a wrong local clock does not matter; without `Date`,
 * with `now` (epoch ms). Negative and past values return 0. Of a header that an intermediary has doubled (`120, 120`),
 * the longest value counts. A missing or unreadable header returns {@link DEFAULT_RETRY_AFTER_MS}.
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

/** Finds whole dates, because a date may itself contain a comma. */
function datesIn(value: string): string[] {
  return value.match(/[A-Za-z]{3,9},? [^,]*?\d{2}:\d{2}:\d{2}(?: \d{4}| GMT)?/g) ?? [];
}

/** Parses an HTTP date (RFC 9110 § 5.6.7), always in GMT; `undefined` if it is invalid. */
function httpDate(value: string): number | undefined {
  if (!/[a-z]{3}.*\d:\d\d/i.test(value)) return undefined;
  // The asctime form has no zone and would be parsed as local time.
  const at = Date.parse(/gmt|utc/i.test(value) ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

/** Waited if the gateway says "later" without saying when, or says it in a way that can't be read. */
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
 * Milliseconds to wait by a `Retry-After` header (RFC 9110 § 10.2.3: seconds, or an HTTP date in one of its three
 * forms). A date is taken against the answer's own `Date`, so that a computer whose clock is wrong neither hurries nor
 * dawdles; `now` (epoch ms) stands in for it. Negative and past values mean now. A header that an intermediary has
 * doubled (`120, 120`) means the longest of its values. If it is missing or unreadable, {@link DEFAULT_WAIT_MS}.
 */
export function waitFromRetryAfter(header: string | null, now: number, date: string | null = null): number {
  const value = header?.trim() ?? '';
  const from = httpDate(date ?? '') ?? now;
  const waits = [value, ...value.split(','), ...datesIn(value)].map((part) => waitOf(part.trim(), from));
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? DEFAULT_WAIT_MS : Math.max(...known);
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

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `Sun, 06 Nov 1994 08:49:37 GMT` and RFC 850's `Sunday, 06-Nov-94 08:49:37 GMT`. */
const DAY_FIRST =
  /^[a-z]{3,9}, (\d{1,2})[ -]([a-z]{3})[ -](\d{2}|\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?(?: (?:gmt|utc))?$/i;
/** asctime's `Sun Nov  6 08:49:37 1994`. */
const MONTH_FIRST = /^[a-z]{3} ([a-z]{3}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/** Reads an HTTP date (RFC 9110 § 5.6.7), all of whose forms are in GMT; `undefined` if it is none. */
function httpDate(value: string): number | undefined {
  const dayFirst = DAY_FIRST.exec(value);
  if (dayFirst) {
    const [, day, month, year, hour, minute, second = '0'] = dayFirst;
    return utc(fullYear(String(year)), String(month), [day, hour, minute, second].map(Number));
  }
  const monthFirst = MONTH_FIRST.exec(value);
  if (!monthFirst) return undefined;
  const [, month, day, hour, minute, second, year] = monthFirst;
  return utc(Number(year), String(month), [day, hour, minute, second].map(Number));
}

/** Two digits mean the nearest such year that is at most 50 years ahead. */
function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits);
  const latest = new Date().getUTCFullYear() + 50;
  return latest - ((latest - Number(digits)) % 100);
}

function utc(
  year: number,
  month: string,
  [day = 1, hour = 0, minute = 0, second = 0]: number[],
): number | undefined {
  const index = MONTHS.indexOf(month.toLowerCase());
  const isTime = day >= 1 && day <= 31 && hour < 24 && minute < 60 && second <= 60;
  return index < 0 || !isTime ? undefined : Date.UTC(year, index, day, hour, minute, second);
}

import { applyOverride } from '../apply-override.ts';
import type { Call } from '../call.ts';
import type { RawResponse } from '../raw-response.ts';
import { type Dialect, type DialectOptions, QR_CALLS } from './dialect.ts';

const TEN_MINUTES_MS = 600_000;
const LONG_WEEKDAYS: Record<string, string> = {
  Sun: 'Sunday',
  Mon: 'Monday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
};

/** HTTP 429 with `Retry-After` in several forms, and servers with wrong clocks. */
export const LIMITS = {
  'retry-after-seconds': limit('in seconds', (_, seconds) => String(seconds)),
  'retry-after-date-skew': limit(
    "as an HTTP date by the server's own clock, which is off",
    (now, seconds) => imfFixdate(now + seconds * 1000),
    { skewMs: TEN_MINUTES_MS },
  ),
  'retry-after-rfc850': limit('as a date in the form of RFC 850', (now, seconds) =>
    rfc850Date(now + seconds * 1000),
  ),
  'retry-after-asctime': limit('as a date in the form of asctime', (now, seconds) =>
    asctimeDate(now + seconds * 1000),
  ),
  'retry-after-doubled': limit('twice in one field', (_, seconds) => `${seconds}, ${seconds}`),
  'date-skew': {
    description:
      "The Date of each answer is off by skewMs: the server's clock is ahead, or behind if negative",
    on: [...QR_CALLS, 'token', 'other'],
    defaults: { skewMs: TEN_MINUTES_MS },
    takes: ['skewMs'],
    start:
      ({ skewMs = 0 }) =>
      async (call, next) =>
        withDate(await next(call), Date.now() + skewMs),
  },
} as const satisfies Record<string, Dialect>;

function limit(
  form: string,
  retryAfter: (now: number, seconds: number) => string,
  defaults: DialectOptions = {},
): Dialect {
  return {
    description: `Every third QR call, or see every, is refused with HTTP 429 and Retry-After ${form}`,
    on: QR_CALLS,
    defaults: { every: 3, seconds: 1, skewMs: 0, ...defaults },
    takes: ['seconds', 'skewMs'],
    start:
      ({ seconds = 1, skewMs = 0 }) =>
      (call: Call) => {
        const now = Date.now() + skewMs;
        const answer = { kind: 'rate-limit', retryAfter: retryAfter(now, seconds) } as const;
        return withDate(applyOverride(answer, call, { httpStatus: 429, json: null }), now);
      },
  };
}

function withDate(delivery: RawResponse, moment: number): RawResponse {
  if (!('headers' in delivery)) return delivery;
  return { ...delivery, headers: { ...delivery.headers, date: imfFixdate(moment) } };
}

/** `Sun, 06 Nov 1994 08:49:37 GMT`, without fractions of a second. */
function imfFixdate(moment: number): string {
  return new Date(moment).toUTCString();
}

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
function rfc850Date(moment: number): string {
  const { weekday, day, month, year, time } = partsOf(moment);
  return `${LONG_WEEKDAYS[weekday]}, ${day}-${month}-${year.slice(-2)} ${time} GMT`;
}

/** `Sun Nov  6 08:49:37 1994` */
function asctimeDate(moment: number): string {
  const { weekday, day, month, year, time } = partsOf(moment);
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

function partsOf(moment: number): Record<'weekday' | 'day' | 'month' | 'year' | 'time', string> {
  const [weekday = '', day = '', month = '', year = '', time = ''] = imfFixdate(moment).split(/,? /);
  return { weekday, day, month, year, time };
}

import { memoizeByLocale } from '../i18n/i18n.ts';
import { type RecordTime, readRecordTime } from '../model/record-time.ts';
import { escapeInvisibles, formatDateTime } from './qr-code.ts';

// A time without a zone is written and read as UTC, so that it is shown as it is.
const WALL = memoizeByLocale(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      hourCycle: 'h23',
      timeZone: 'UTC',
    }),
);
const WALL_DAY = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
);

/** A date-time of a record in words, and its raw form for a tooltip if that differs. */
export interface RecordTimeText {
  text: string;
  raw?: string;
}

/**
 * A date-time of a record. With a zone: in the computer's time zone. Without one: as it is, `18 Dec 2026, 11:00:36`. A value
 * that is no time stays unchanged.
 */
export function recordTimeText(value: number | string): RecordTimeText {
  const raw = escapeInvisibles(String(value));
  const time = readRecordTime(value);
  const text = time ? timeText(time) : raw;
  return text === raw ? { text } : { text, raw };
}

function timeText(time: RecordTime): string {
  if ('at' in time) return formatDateTime(time.at);
  return time.wall.length > 10
    ? WALL().format(Date.parse(`${time.wall}Z`))
    : WALL_DAY().format(Date.parse(time.wall));
}

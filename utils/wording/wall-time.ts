import { memoizeByLocale, t } from '../i18n/i18n.ts';

const DAY_MS = 86_400_000;

// The texts are of no zone. UTC is used for both directions, so that a time is shown as it is.
const WALL_TIME = memoizeByLocale(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      hourCycle: 'h23',
      timeZone: 'UTC',
    }),
);
const RELATIVE = memoizeByLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** A wall time (`YYYY-MM-DDTHH:mm`) as it was confirmed, in no zone: `27 Nov 2026, 23:59`. */
export function wallTimeText(wall: string): string {
  const at = Date.parse(`${wall}Z`);
  return Number.isNaN(at) ? wall : WALL_TIME().format(at);
}

/** A wall time beside the present one: `yesterday 23:59`, `23:59` of this day if `isShort`, else with its date. */
export function nearWallText(wall: string, present: string, isShort = false): string {
  const days = Math.round((Date.parse(wall.slice(0, 10)) - Date.parse(present.slice(0, 10))) / DAY_MS);
  const time = wall.slice(11);
  if (days === 0 && isShort) return time;
  return Math.abs(days) <= 1 ? `${RELATIVE().format(days, 'day')} ${time}` : wallTimeText(wall);
}

/** The time from a moment to a later or earlier one (epoch ms) in its largest unit: `in 3 hours`. */
export function distanceText(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000);
  if (Math.abs(minutes) < 60) return RELATIVE().format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return RELATIVE().format(Math.round(minutes / 60), 'hour');
  return RELATIVE().format(Math.round(minutes / (24 * 60)), 'day');
}

/** A zone with its offset at a moment (epoch ms): `Asia/Kolkata, GMT+5:30`. */
export function zoneText(zone: string, at: number): string {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      timeZoneName: 'shortOffset',
    }).formatToParts(Number.isNaN(at) ? Date.now() : at);
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value;
    return offset ? `${zone}, ${offset}` : zone;
  } catch {
    // A zone that a later version of the browser does not know.
    return zone;
  }
}

/** The countdown before a start (epoch ms). */
export function startsInText(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  return seconds > 0 ? t('startsIn', String(seconds)) : t('starting');
}

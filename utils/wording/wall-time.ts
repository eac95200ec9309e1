import { memoizeByLocale } from '../i18n/i18n.ts';

// The text is of no zone. UTC is used for both directions, so that it is shown as it is.
const WALL_TIME = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
);

/** A wall time (`YYYY-MM-DDTHH:mm`) as it was confirmed, in no zone: `27 Nov 2026, 11:59 pm`. */
export function wallTimeText(wall: string): string {
  const at = Date.parse(`${wall}Z`);
  return Number.isNaN(at) ? wall : WALL_TIME().format(at);
}

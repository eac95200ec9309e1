import { memoizeByLocale } from '../i18n/i18n.ts';

const CLOCK_TIME = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }));

/** The time of day of a timestamp (epoch ms), for texts such as “try again after …”. */
export function timeOfDay(at: number): string {
  return CLOCK_TIME().format(at);
}

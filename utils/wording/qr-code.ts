import { memoizeByLocale, t } from '../i18n/i18n.ts';

const DATE_TIME = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);
const DATE_TIME_WITH_ZONE = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }),
);
const DAY = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
const TIME_OF_DAY = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const INVISIBLE = /(?![\t\n])[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The date and time of a timestamp (epoch ms) in the computer's time zone. */
export function formatDateTime(at: number): string {
  return DATE_TIME().format(at);
}

/** The same as separate texts for the day and the time of day. */
export function dayAndTimeTexts(at: number): { day: string; time: string } {
  return { day: DAY().format(at), time: TIME_OF_DAY().format(at) };
}

/** The same with seconds and the time zone. */
export function formatDateTimeWithZone(at: number): string {
  return DATE_TIME_WITH_ZONE().format(at);
}

/** A text from outside, with control and direction characters replaced by visible names. */
export function escapeInvisibles(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `‹U+${hex}›`;
  });
}

/** The label of a status for a badge. An unknown status is unchanged. */
export function statusLabel(status: string | undefined): string {
  if (status === 'ACTIVE') return t('badgeActive');
  if (status === 'CANCELLED') return t('badgeCancelled');
  return status ? escapeInvisibles(status) : t('statusUnknown');
}

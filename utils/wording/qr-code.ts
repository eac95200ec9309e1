import type { QrCode } from '../enkash/qr-code.ts';
import { memoizeByLocale, t } from '../i18n/i18n.ts';
import { readZonelessTime } from '../model/gateway-time.ts';

// `en-IN` in every language: in CLDR, amounts in Kannada and Marathi have no Indian grouping.
const RUPEES = new Intl.NumberFormat('en-IN', {
  style: 'currency',
  currency: 'INR',
  // A number that is written without an exponent has at most 22 decimals, so this rounds none.
  minimumFractionDigits: 2,
  maximumFractionDigits: 24,
  trailingZeroDisplay: 'stripIfInteger',
});
const ZONELESS_STYLE = { dateStyle: 'medium', hourCycle: 'h23', timeZone: 'UTC' } as const;
const DATE_TIME = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);
const DATE_TIME_WITH_ZONE = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }),
);
// The texts are of no zone. UTC is used for both directions, so that a time is shown as it is.
const ZONELESS = {
  day: memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })),
  minutes: memoizeByLocale(
    (locale) => new Intl.DateTimeFormat(locale, { ...ZONELESS_STYLE, timeStyle: 'short' }),
  ),
  seconds: memoizeByLocale(
    (locale) => new Intl.DateTimeFormat(locale, { ...ZONELESS_STYLE, timeStyle: 'medium' }),
  ),
};
const DAY = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
const TIME_OF_DAY = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const ZONED_DATE_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;
const INVISIBLE = /(?![\t\n])[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** An amount in rupees with Indian grouping (`₹1,00,000`), never rounded. Unchanged if it is not a plain number. */
export function formatAmount(amount: number | string): string {
  return typeof amount === 'number' && /^-?\d+(?:\.\d+)?$/.test(String(amount))
    ? RUPEES.format(amount)
    : escapeInvisibles(String(amount));
}

/**
 * A date-time of the gateway. One without a time zone is never converted, since EnKash does not document which one it uses:
 * `18 Dec 2026, 11:00:36`. Unchanged if it can't be read.
 */
export function dateTimeText(value: number | string): string {
  const zoneless = readZonelessTime(value);
  if (zoneless) return ZONELESS[zoneless.has]().format(zoneless.asUtc);
  const at = typeof value === 'string' && ZONED_DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? escapeInvisibles(String(value)) : formatDateTime(at);
}

/** When an active code expires by itself, in no zone: `expires by itself on 4 Dec 2026, 11:00`; `undefined` if it is not known. */
export function expiresText({ status, expiry }: Pick<QrCode, 'status' | 'expiry'>): string | undefined {
  const zoneless = readZonelessTime(expiry);
  if (!zoneless || status !== 'ACTIVE') return undefined;
  const form = zoneless.has === 'day' ? 'day' : 'minutes';
  return t('expiresOn', ZONELESS[form]().format(zoneless.asUtc));
}

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

/** The status of a code in one line: `Active. Counter 4, ₹500.` */
export function statusLine({ status, qrName, amount }: QrCode): string {
  if (status === 'CANCELLED') return t('statusCancelled');
  const subject = [qrName && escapeInvisibles(qrName), amount !== undefined && formatAmount(amount)]
    .filter(Boolean)
    .join(', ');
  const statusText =
    status === 'ACTIVE'
      ? t('statusActive')
      : status
        ? t('statusOther', escapeInvisibles(status))
        : t('statusNone');
  return subject ? t('statusWithSubject', statusText, subject) : statusText;
}

/** The label of a status for a badge. An unknown status is unchanged. */
export function statusLabel(status: string | undefined): string {
  if (status === 'ACTIVE') return t('badgeActive');
  if (status === 'CANCELLED') return t('badgeCancelled');
  return status ? escapeInvisibles(status) : t('statusUnknown');
}

/** Whether a code can be paid once or many times, in a word; `undefined` if EnKash does not state it. */
export function usageLabel({ multipleUse }: Pick<QrCode, 'multipleUse'>): string | undefined {
  if (multipleUse === undefined) return undefined;
  return multipleUse ? t('usesMultiple') : t('usesSingle');
}

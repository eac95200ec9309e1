import type { QrCode } from '../enkash/qr-code.ts';
import { memoizeByLocale, t } from '../i18n/i18n.ts';

// The same in every language: by CLDR, amounts in Kannada and Marathi have no Indian grouping.
const RUPEES = new Intl.NumberFormat('en-IN', {
  style: 'currency',
  currency: 'INR',
  // A number that is written without an exponent has at most 22, and none is rounded.
  minimumFractionDigits: 2,
  maximumFractionDigits: 24,
  trailingZeroDisplay: 'stripIfInteger',
});
const MOMENT = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);
const EXACT_MOMENT = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }),
);
const DAY = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
const TIME_OF_DAY = memoizeByLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const ZONED_DATE_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;
const INVISIBLE = /(?![\t\n])[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** An amount in rupees with Indian grouping (`₹1,00,000`), never rounded; one that is not a plain number, as it came. */
export function formatAmount(amount: number | string): string {
  return typeof amount === 'number' && /^-?\d+(?:\.\d+)?$/.test(String(amount))
    ? RUPEES.format(amount)
    : escapeInvisibles(String(amount));
}

/** A date-time of the gateway's. The zone is not published, so one without a zone is shown as it came. */
export function dateTimeText(value: number | string): string {
  const at = typeof value === 'string' && ZONED_DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? escapeInvisibles(String(value)) : formatDateTime(at);
}

/** A moment of our own clock (epoch ms), in this computer's zone. */
export function formatDateTime(at: number): string {
  return MOMENT().format(at);
}

/** The same as its day and its time of day, to stand below each other. */
export function dayAndTimeTexts(at: number): { day: string; time: string } {
  return { day: DAY().format(at), time: TIME_OF_DAY().format(at) };
}

/** The same to the second, and with the zone. */
export function formatDateTimeWithZone(at: number): string {
  return EXACT_MOMENT().format(at);
}

/** A text of somebody else's with control and direction characters made visible instead of obeyed. */
export function escapeInvisibles(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `‹U+${hex}›`;
  });
}

/** One line that says how a code stands: `Active. Counter 4, ₹500.` */
export function statusLine({ status, qrName, amount }: QrCode): string {
  if (status === 'CANCELLED') return t('statusCancelled');
  const what = [qrName && escapeInvisibles(qrName), amount !== undefined && formatAmount(amount)]
    .filter(Boolean)
    .join(', ');
  const how =
    status === 'ACTIVE'
      ? t('statusActive')
      : status
        ? t('statusOther', escapeInvisibles(status))
        : t('statusNone');
  return what ? t('statusWithSubject', how, what) : how;
}

/** A status as a word for a badge; one that is not known, as it came. */
export function statusLabel(status: string | undefined): string {
  if (status === 'ACTIVE') return t('badgeActive');
  if (status === 'CANCELLED') return t('badgeCancelled');
  return status ? escapeInvisibles(status) : t('statusUnknown');
}

/** How often a code can be paid with, in a word; nothing where that is not told. */
export function usageLabel({ multipleUse }: Pick<QrCode, 'multipleUse'>): string | undefined {
  if (multipleUse === undefined) return undefined;
  return multipleUse ? t('usesMultiple') : t('usesSingle');
}

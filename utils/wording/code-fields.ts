import type { QrCode } from '../enkash/qr-code.ts';
import { memoizeByLocale, t } from '../i18n/i18n.ts';
import { readZonelessTime } from '../model/gateway-time.ts';
import { escapeInvisibles, formatDateTime } from './qr-code.ts';

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
const ZONED_DATE_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;

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

/** Whether a code can be paid once or many times, in a word; `undefined` if EnKash does not state it. */
export function usageLabel({ multipleUse }: Pick<QrCode, 'multipleUse'>): string | undefined {
  if (multipleUse === undefined) return undefined;
  return multipleUse ? t('usesMultiple') : t('usesSingle');
}

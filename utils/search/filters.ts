import { isDay } from '../calendar-day.ts';
import type { FoundCode } from '../enkash/search.ts';

/** What codes can be searched by, in the order of the fields on the page. */
export const FILTER_NAMES = [
  'text',
  'status',
  'use',
  'createdFrom',
  'createdTo',
  'amountFrom',
  'amountTo',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Filters as they are typed; one that is missing or empty is not set. Days are `2026-11-22`, amounts `1250.50`. */
export type SearchFilters = { readonly [Name in FilterName]?: string };

/** A date-time that begins with its day, as the gateway's do. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:$|[T ])/;
const ZONED = /T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;
const AMOUNT = /^\d+(?:\.\d+)?$/;
const USES = ['single', 'multiple'];
const STATUSES = ['ACTIVE', 'CANCELLED'];

const FITS: Record<FilterName, (text: string) => boolean> = {
  text: (text) => text.length <= 200,
  status: (text) => STATUSES.includes(text),
  use: (text) => USES.includes(text),
  createdFrom: isDay,
  createdTo: isDay,
  amountFrom: (text) => AMOUNT.test(text),
  amountTo: (text) => AMOUNT.test(text),
};

/** The filters that are set, without what is no such filter at all. */
export function cleanFilters(given: SearchFilters): SearchFilters {
  const set = FILTER_NAMES.map((name) => [name, given[name]?.trim() ?? ''] as const);
  return Object.fromEntries(set.filter(([name, text]) => text !== '' && FITS[name](text)));
}

/** Whether two searches ask for the same, however it was typed. */
export function sameFilters(one: SearchFilters, other: SearchFilters): boolean {
  const [a, b] = [cleanFilters(one), cleanFilters(other)];
  return FILTER_NAMES.every((name) => a[name] === b[name]);
}

/** The filters that a code does not pass. One that lacks the field in question, or has it unreadable, does not. */
export function failedFilters(code: FoundCode, filters: SearchFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => {
    const wanted = filters[name];
    return wanted !== undefined && !PASSES[name](code, wanted);
  });
}

/** Whether a code passes every filter that is set. */
export function matches(code: FoundCode, filters: SearchFilters): boolean {
  return failedFilters(code, filters).length === 0;
}

const PASSES: Record<FilterName, (code: FoundCode, wanted: string) => boolean> = {
  text: (code, wanted) => holds(code, wanted.toLowerCase()),
  status: ({ status }, wanted) => status === wanted,
  use: ({ multipleUse }, wanted) => multipleUse !== undefined && multipleUse === (wanted === 'multiple'),
  createdFrom: ({ createdOn }, wanted) => (dayOf(createdOn) ?? '') >= wanted,
  createdTo: ({ createdOn }, wanted) => (dayOf(createdOn) ?? '\uffff') <= wanted,
  amountFrom: ({ amount }, wanted) => (numberOf(amount) ?? Number.NEGATIVE_INFINITY) >= Number(wanted),
  amountTo: ({ amount }, wanted) => (numberOf(amount) ?? Number.POSITIVE_INFINITY) <= Number(wanted),
};

function holds(code: FoundCode, wanted: string): boolean {
  const { qrCodeId, qrName, referenceNumber } = code;
  const { customerName, customerId, customerEmail, customerMobile } = code;
  return [qrCodeId, qrName, referenceNumber, customerName, customerId, customerEmail, customerMobile].some(
    (field) => field !== undefined && String(field).toLowerCase().includes(wanted),
  );
}

/** The day of a date-time: of this computer's zone where it names its own, else as it came, like on the page. */
export function dayOf(value: string | number | undefined): string | undefined {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return undefined;
  if (!ZONED.test(value)) return value.slice(0, 10);
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** An amount as a number; `undefined` for a text that is none. */
export function numberOf(amount: string | number | undefined): number | undefined {
  if (typeof amount === 'number') return Number.isFinite(amount) ? amount : undefined;
  return amount !== undefined && AMOUNT.test(amount.trim()) ? Number(amount) : undefined;
}

/** The upper end of a range that lies below its lower end, so that nothing can match. */
export function emptyRange(filters: SearchFilters): 'createdTo' | 'amountTo' | undefined {
  const { createdFrom, createdTo, amountFrom, amountTo } = cleanFilters(filters);
  if (createdFrom && createdTo && createdTo < createdFrom) return 'createdTo';
  if (amountFrom && amountTo && Number(amountTo) < Number(amountFrom)) return 'amountTo';
  return undefined;
}

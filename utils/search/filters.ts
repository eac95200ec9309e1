import type { SearchHit } from '../enkash/search.ts';
import { isDay } from '../lib/calendar-day.ts';

/** The filters of a search, in the order of the fields on the page. */
export const FILTER_NAMES = [
  'text',
  'status',
  'use',
  'createdFrom',
  'createdTo',
  'expiryFrom',
  'expiryTo',
  'amountFrom',
  'amountTo',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Filters as typed. A missing or empty one is not set. Days have the form `2026-11-22`, amounts `1250.50`. */
export type SearchFilters = { readonly [Name in FilterName]?: string };

/** No field of a code holds a longer text. */
export const MAX_TEXT_LENGTH = 200;

/** A date-time that begins with its day, as the gateway writes it. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:$|[T ])/;
const ZONED = /T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;
const AMOUNT = /^\d+(?:\.\d+)?$/;
const USES = ['single', 'multiple'];
const STATUSES = ['ACTIVE', 'CANCELLED'];

const isAmount = (text: string) => AMOUNT.test(text) && Number.isFinite(Number(text));

const VALIDATORS: Record<FilterName, (text: string) => boolean> = {
  text: (text) => text.length <= MAX_TEXT_LENGTH,
  status: (text) => STATUSES.includes(text),
  use: (text) => USES.includes(text),
  createdFrom: isDay,
  createdTo: isDay,
  expiryFrom: isDay,
  expiryTo: isDay,
  amountFrom: isAmount,
  amountTo: isAmount,
};

/** The filters that are set, without spaces around them. */
export function activeFilters(given: SearchFilters): SearchFilters {
  const trimmed = FILTER_NAMES.map((name) => [name, given[name]?.trim() ?? ''] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

/** The filters that are set and valid. */
export function validFilters(given: SearchFilters): SearchFilters {
  const set = activeFilters(given);
  return Object.fromEntries(FILTER_NAMES.flatMap((name) => (fits(name, set) ? [[name, set[name]]] : [])));
}

/** Whether two sets of filters are equal. An invalid value differs from no value. */
export function sameFilters(one: SearchFilters, other: SearchFilters): boolean {
  const [a, b] = [activeFilters(one), activeFilters(other)];
  return FILTER_NAMES.every((name) => a[name] === b[name]);
}

/** A field that blocks a search: its value is invalid, or it is the upper end of an empty range. */
export interface FilterProblem {
  field: FilterName;
  code: 'unreadable' | 'empty-range';
}

/** The first problem of the filters, if any. A search without the invalid filter would match too much. */
export function filterProblem(filters: SearchFilters): FilterProblem | undefined {
  const set = activeFilters(filters);
  const invalidName = FILTER_NAMES.find((name) => name in set && !fits(name, set));
  if (invalidName) return { field: invalidName, code: 'unreadable' };
  const { createdFrom, createdTo, expiryFrom, expiryTo, amountFrom, amountTo } = set;
  if (createdFrom && createdTo && createdTo < createdFrom) return { field: 'createdTo', code: 'empty-range' };
  if (expiryFrom && expiryTo && expiryTo < expiryFrom) return { field: 'expiryTo', code: 'empty-range' };
  if (amountFrom && amountTo && Number(amountTo) < Number(amountFrom))
    return { field: 'amountTo', code: 'empty-range' };
  return undefined;
}

function fits(name: FilterName, set: SearchFilters): boolean {
  const text = set[name];
  return text !== undefined && VALIDATORS[name](text);
}

/** The filters that a code does not pass. If a code lacks a field or its value is invalid, it does not pass. */
export function failedFilters(code: SearchHit, filters: SearchFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => {
    const value = filters[name];
    return value !== undefined && !PREDICATES[name](code, value);
  });
}

/** Whether a code passes every filter that is set. */
export function matches(code: SearchHit, filters: SearchFilters): boolean {
  return failedFilters(code, filters).length === 0;
}

const PREDICATES: Record<FilterName, (code: SearchHit, value: string) => boolean> = {
  text: (code, value) => containsText(code, normalizeText(value)),
  status: ({ status }, value) => status === value,
  use: ({ multipleUse }, value) => multipleUse !== undefined && multipleUse === (value === 'multiple'),
  createdFrom: ({ createdOn }, value) => (dayOf(createdOn) ?? '') >= value,
  createdTo: ({ createdOn }, value) => (dayOf(createdOn) ?? '\uffff') <= value,
  expiryFrom: ({ expiry }, value) => (dayOf(expiry) ?? '') >= value,
  expiryTo: ({ expiry }, value) => (dayOf(expiry) ?? '\uffff') <= value,
  amountFrom: ({ amount }, value) => (numberOf(amount) ?? Number.NEGATIVE_INFINITY) >= Number(value),
  amountTo: ({ amount }, value) => (numberOf(amount) ?? Number.POSITIVE_INFINITY) <= Number(value),
};

function containsText(code: SearchHit, text: string): boolean {
  const { qrCodeId, qrName, referenceNumber } = code;
  const { customerName, customerId, customerEmail, customerMobile } = code;
  return [qrCodeId, qrName, referenceNumber, customerName, customerId, customerEmail, customerMobile].some(
    (field) => field !== undefined && normalizeText(String(field)).includes(text),
  );
}

/** Ignores case and Unicode composition, because Indian keyboards compose letters such as ड़ differently. */
function normalizeText(text: string): string {
  return text.normalize().toLowerCase();
}

/** The day of a date-time as the page shows it: in this computer's zone if the date-time has a zone, else unchanged. */
export function dayOf(value: string | number | undefined): string | undefined {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return undefined;
  const day = value.slice(0, 10);
  if (!ZONED.test(value)) return isDay(day) ? day : undefined;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** An amount as a number; `undefined` if the text is no amount. */
export function numberOf(amount: string | number | undefined): number | undefined {
  if (typeof amount === 'number') return Number.isFinite(amount) ? amount : undefined;
  return amount !== undefined && isAmount(amount.trim()) ? Number(amount) : undefined;
}

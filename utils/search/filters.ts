import type { SearchHit } from '../enkash/search.ts';
import { isDay } from '../lib/calendar-day.ts';

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

/** A longer text is none that a code holds. */
export const MAX_TEXT_LENGTH = 200;

/** A date-time that begins with its day, as the gateway's do. */
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
  amountFrom: isAmount,
  amountTo: isAmount,
};

/** The filters that are set, as they are typed, but for spaces around them. */
export function activeFilters(given: SearchFilters): SearchFilters {
  const trimmed = FILTER_NAMES.map((name) => [name, given[name]?.trim() ?? ''] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

/** The filters that are set, without what is no such filter at all. */
export function validFilters(given: SearchFilters): SearchFilters {
  const set = activeFilters(given);
  return Object.fromEntries(FILTER_NAMES.flatMap((name) => (fits(name, set) ? [[name, set[name]]] : [])));
}

/** Whether two searches ask for the same. What is no filter at all is another one than none. */
export function sameFilters(one: SearchFilters, other: SearchFilters): boolean {
  const [a, b] = [activeFilters(one), activeFilters(other)];
  return FILTER_NAMES.every((name) => a[name] === b[name]);
}

/** A field that keeps a search from being made: what is in it is no such filter, or the upper end of an empty range. */
export interface FilterProblem {
  field: FilterName;
  code: 'unreadable' | 'empty-range';
}

/** What is in the way of a search; without what is no filter it would find more than was asked for. */
export function filterProblem(filters: SearchFilters): FilterProblem | undefined {
  const set = activeFilters(filters);
  const invalidName = FILTER_NAMES.find((name) => name in set && !fits(name, set));
  if (invalidName) return { field: invalidName, code: 'unreadable' };
  const { createdFrom, createdTo, amountFrom, amountTo } = set;
  if (createdFrom && createdTo && createdTo < createdFrom) return { field: 'createdTo', code: 'empty-range' };
  if (amountFrom && amountTo && Number(amountTo) < Number(amountFrom))
    return { field: 'amountTo', code: 'empty-range' };
  return undefined;
}

function fits(name: FilterName, set: SearchFilters): boolean {
  const text = set[name];
  return text !== undefined && VALIDATORS[name](text);
}

/** The filters that a code does not pass. One that lacks the field in question, or has it unreadable, does not. */
export function failedFilters(code: SearchHit, filters: SearchFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => {
    const wanted = filters[name];
    return wanted !== undefined && !PREDICATES[name](code, wanted);
  });
}

/** Whether a code passes every filter that is set. */
export function matches(code: SearchHit, filters: SearchFilters): boolean {
  return failedFilters(code, filters).length === 0;
}

const PREDICATES: Record<FilterName, (code: SearchHit, wanted: string) => boolean> = {
  text: (code, wanted) => containsText(code, normalizeText(wanted)),
  status: ({ status }, wanted) => status === wanted,
  use: ({ multipleUse }, wanted) => multipleUse !== undefined && multipleUse === (wanted === 'multiple'),
  createdFrom: ({ createdOn }, wanted) => (dayOf(createdOn) ?? '') >= wanted,
  createdTo: ({ createdOn }, wanted) => (dayOf(createdOn) ?? '\uffff') <= wanted,
  amountFrom: ({ amount }, wanted) => (numberOf(amount) ?? Number.NEGATIVE_INFINITY) >= Number(wanted),
  amountTo: ({ amount }, wanted) => (numberOf(amount) ?? Number.POSITIVE_INFINITY) <= Number(wanted),
};

function containsText(code: SearchHit, wanted: string): boolean {
  const { qrCodeId, qrName, referenceNumber } = code;
  const { customerName, customerId, customerEmail, customerMobile } = code;
  return [qrCodeId, qrName, referenceNumber, customerName, customerId, customerEmail, customerMobile].some(
    (field) => field !== undefined && normalizeText(String(field)).includes(wanted),
  );
}

/** Without regard to case, nor to how a letter is composed: keyboards of India differ in how they write ड़. */
function normalizeText(text: string): string {
  return text.normalize().toLowerCase();
}

/** The day of a date-time: of this computer's zone where it names its own, else as it came, like on the page. */
export function dayOf(value: string | number | undefined): string | undefined {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return undefined;
  const day = value.slice(0, 10);
  if (!ZONED.test(value)) return isDay(day) ? day : undefined;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** An amount as a number; `undefined` for a text that is none. */
export function numberOf(amount: string | number | undefined): number | undefined {
  if (typeof amount === 'number') return Number.isFinite(amount) ? amount : undefined;
  return amount !== undefined && isAmount(amount.trim()) ? Number(amount) : undefined;
}

import * as v from 'valibot';
import { parseQrCode, type QrCode } from './qr-code.ts';

/** The maximum number of codes on one page. Source: EnKash's developer portal. */
export const MAX_PAGE = 5_000;
/** The maximum size of one page: more than 5,000 codes with an image of some kilobytes each. */
export const MAX_PAGE_BYTES = 32 * 1024 * 1024;

const value = v.optional(v.pipe(v.string(), v.maxLength(64)));
const amount = v.optional(v.number());

/**
 * Filters as sent, under every possible field name. The portal names a date range, status and amount as filters, but
 * not their fields. The names are assumed, only here and in {@link FIELDS}. Days have the form `2026-11-22`.
 */
export const GatewayFilters = v.strictObject({
  status: value,
  createdOnFrom: value,
  createdOnTo: value,
  fromDate: value,
  toDate: value,
  amountFrom: amount,
  amountTo: amount,
  amount,
});
export type GatewayFilters = v.InferOutput<typeof GatewayFilters>;
type FieldName = keyof GatewayFilters;

/** One way to send a filter: as a range with one end or both, or as a single value if both ends are equal. */
export type FilterFields = { from: FieldName; to: FieldName } | { value: FieldName };

/**
 * The ways to send each filter, the likeliest first. Ranges are named like those of the sibling call for settlement
 * payouts, which the portal publishes. That call also takes ids as an array, so `qrCodeIds`, `qrName`, `customerId` and
 * `referenceNumber` are likely here too. They are not sent, because our text filter matches all of them at once.
 */
export const FIELDS = {
  status: [{ value: 'status' }],
  created: [
    { from: 'createdOnFrom', to: 'createdOnTo' },
    { from: 'fromDate', to: 'toDate' },
  ],
  amount: [{ from: 'amountFrom', to: 'amountTo' }, { value: 'amount' }],
} as const satisfies Record<string, readonly FilterFields[]>;

/** Field names of the list, in the payload or one level deeper, if the payload is not the list itself. Assumed. */
const LIST_KEYS = ['content', 'items', 'data', 'qrCodes', 'list', 'records'];
/** Field names of an object around the list. Assumed. */
const WRAPPER_KEYS = [...LIST_KEYS, 'payload', 'result'];
/** Field names of the total number of codes. Assumed; the value may be the number on the page instead. */
const TOTAL_KEYS = ['total', 'totalElements', 'totalCount', 'count'];
/** Fields of a QrCodeResponse that no list of codes needs. */
const OMITTED_FIELDS = { customParams: undefined, description: undefined };

/** A code in a search result. It has its picture only if the search asked for pictures. */
export type SearchHit = Omit<QrCode, 'qrCodeId' | keyof typeof OMITTED_FIELDS> & { qrCodeId: string };

export interface SearchPage {
  qrCodes: SearchHit[];
  /** The number of entries in the gateway's list, including those without a readable id. */
  received: number;
  /** Indexes of entries without a readable id, from 0; absent if every entry has one. */
  withoutId?: number[];
  /** The number of codes on all pages, or on this one, if the gateway returns it. */
  total?: number;
}

/**
 * Parses a page of a search; `undefined` if the payload has none of the assumed shapes. Pictures are left out unless
 * `withPictures` is set.
 */
export function parseSearchPage(payload: unknown, withPictures = false): SearchPage | undefined {
  const objects = [Object(payload), ...WRAPPER_KEYS.map((name) => Object(Object(payload)[name]))];
  const lists = [payload, ...objects.flatMap((object) => LIST_KEYS.map((name) => object[name]))].filter(
    Array.isArray,
  );
  const list: unknown[] | undefined = lists.find(({ length }) => length > 0) ?? lists[0];
  if (!list) return undefined;
  const entries = list.map((entry) => parseHit(entry, withPictures));
  const withoutId = entries.flatMap(({ qrCodeId }, at) => (qrCodeId ? [] : [at]));
  const total = objects
    .flatMap((object) => TOTAL_KEYS.map((name) => countOf(object[name])))
    .find((count) => count !== undefined);
  return {
    qrCodes: entries.filter(({ qrCodeId }) => qrCodeId) as SearchHit[],
    received: list.length,
    ...(withoutId.length > 0 ? { withoutId } : {}),
    ...(total === undefined ? {} : { total }),
  };
}

function parseHit(entry: unknown, withPictures: boolean): QrCode {
  const omitted = withPictures ? OMITTED_FIELDS : { ...OMITTED_FIELDS, qrCodeBase64: undefined };
  return parseQrCode({ ...Object(entry), ...omitted }) as QrCode;
}

function countOf(given: unknown): number | undefined {
  const count = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

import * as v from 'valibot';
import { parseQrCode, type QrCode } from './qr-code.ts';

/** The most codes that the gateway gives on one page. Source: EnKash's developer portal. */
export const MAX_PAGE = 5_000;
/** The most bytes of one page that are read: 5,000 codes with an image of some kilobytes each do not reach it. */
export const MAX_PAGE_BYTES = 32 * 1024 * 1024;

const value = v.optional(v.pipe(v.string(), v.maxLength(64)));
const amount = v.optional(v.number());

/**
 * Filters as they are sent, under every name that one may be sent by. The portal names a date range, status and amount
 * as filters, but not their fields, so these names are assumed, here and in {@link FIELDS} and nowhere else. Days are
 * written `2026-11-22`.
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

/** One way to send a filter: as a range, one end or both, or as the one value that both ends have. */
export type FilterFields = { from: FieldName; to: FieldName } | { value: FieldName };

/**
 * The ways to send each filter, the likeliest first. A range is named like those of the sibling call for settlement
 * payouts, which the portal publishes. That call also takes ids as an array, so `qrCodeIds`, `qrName`, `customerId` and
 * `referenceNumber` are likely here too; nothing sends them, as a text is looked for in all of these at once.
 */
export const FIELDS = {
  status: [{ value: 'status' }],
  created: [
    { from: 'createdOnFrom', to: 'createdOnTo' },
    { from: 'fromDate', to: 'toDate' },
  ],
  amount: [{ from: 'amountFrom', to: 'amountTo' }, { value: 'amount' }],
} as const satisfies Record<string, readonly FilterFields[]>;

/** What the list may stand under, in the payload or one level deeper, where it is not the payload itself. Assumed. */
const LIST_KEYS = ['content', 'items', 'data', 'qrCodes', 'list', 'records'];
/** What may stand around the list one level deeper. Assumed. */
const AROUND = [...LIST_KEYS, 'payload', 'result'];
/** What the number of all codes may stand under. Assumed; it may as well be the number on the page. */
const TOTALS = ['total', 'totalElements', 'totalCount', 'count'];
/** Fields of a QrCodeResponse that no list of codes needs. */
const OMITTED_FIELDS = { qrCodeBase64: undefined, customParams: undefined, description: undefined };

/** A code as a search gives it. */
export type SearchHit = Omit<QrCode, 'qrCodeId' | keyof typeof OMITTED_FIELDS> & { qrCodeId: string };

export interface SearchPage {
  qrCodes: SearchHit[];
  /** Entries in the gateway's list, those without a readable id included. */
  received: number;
  /** Where in the list entries without a readable id are, from 0 on; absent where all have one. */
  withoutId?: number[];
  /** How many codes there are on all pages, or on this one, where the gateway says so. */
  total?: number;
}

/** Reads a page of a search; `undefined` where the payload has none of the shapes that are assumed. */
export function parseSearchPage(payload: unknown): SearchPage | undefined {
  const objects = [Object(payload), ...AROUND.map((name) => Object(Object(payload)[name]))];
  const lists = [payload, ...objects.flatMap((object) => LIST_KEYS.map((name) => object[name]))].filter(
    Array.isArray,
  );
  const list: unknown[] | undefined = lists.find(({ length }) => length > 0) ?? lists[0];
  if (!list) return undefined;
  const entries = list.map(parseHit);
  const withoutId = entries.flatMap(({ qrCodeId }, at) => (qrCodeId ? [] : [at]));
  const total = objects
    .flatMap((object) => TOTALS.map((name) => countOf(object[name])))
    .find((count) => count !== undefined);
  return {
    qrCodes: entries.filter(({ qrCodeId }) => qrCodeId) as SearchHit[],
    received: list.length,
    ...(withoutId.length > 0 ? { withoutId } : {}),
    ...(total === undefined ? {} : { total }),
  };
}

function parseHit(entry: unknown): QrCode {
  return parseQrCode({ ...Object(entry), ...OMITTED_FIELDS }) as QrCode;
}

function countOf(given: unknown): number | undefined {
  const count = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

import * as v from 'valibot';
import { type QrCode, readQrCode } from './qr-code.ts';

/** The most codes that the gateway gives on one page. Source: EnKash's developer portal. */
export const MAX_PAGE = 5_000;
/** The most bytes of one page that are read: 5,000 codes with an image of some kilobytes each do not reach it. */
export const MAX_PAGE_BYTES = 32 * 1024 * 1024;

const value = v.optional(v.pipe(v.string(), v.maxLength(64)));

/**
 * Filters as they are sent. The portal names a date range, status and amount as filters, but not their fields:
 * these four names are assumed, here and nowhere else. `fromDate` and `toDate` are days (`2026-11-22`).
 */
export const GatewayFilters = v.strictObject({
  status: value,
  fromDate: value,
  toDate: value,
  amount: v.optional(v.number()),
});
export type GatewayFilters = v.InferOutput<typeof GatewayFilters>;

/** What the list may stand under where it is not the payload itself. Assumed. */
const LISTS = ['content', 'items', 'data'];
/** Fields of a QrCodeResponse that no list of codes needs. */
const TOO_MUCH = { qrCodeBase64: undefined, customParams: undefined, description: undefined };

/** A code as a search gives it. */
export type FoundCode = Omit<QrCode, 'qrCodeId' | keyof typeof TOO_MUCH> & { qrCodeId: string };

export interface SearchPage {
  qrCodes: FoundCode[];
  /** Entries in the gateway's list, those without a readable id included: the next page begins after them. */
  received: number;
  /** How many codes there are on all pages, where the gateway says so. */
  total?: number;
}

/** Reads a page of a search; `undefined` where the payload has none of the shapes that are assumed. */
export function readSearchPage(payload: unknown): SearchPage | undefined {
  const around = Object(payload);
  const list: unknown = [payload, ...LISTS.map((name) => around[name])].find(Array.isArray);
  if (!Array.isArray(list)) return undefined;
  const { total } = around;
  return {
    qrCodes: list.map(readEntry).filter((code) => code.qrCodeId) as FoundCode[],
    received: list.length,
    ...(typeof total === 'number' ? { total } : {}),
  };
}

function readEntry(entry: unknown): QrCode {
  return readQrCode({ ...Object(entry), ...TOO_MUCH }) as QrCode;
}

import type { QrCode } from './seed.ts';

const SEARCH_LIMIT = 5000;

/** The first position of a page, and its maximum length. */
export interface Page {
  offset: number;
  limit: number;
}

/** Parses `offset` (in QR codes, by default 0) and `limit` (by default and at most 5000); undefined if invalid. */
export function readPage(query: URLSearchParams): Page | undefined {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? SEARCH_LIMIT);
  const usable =
    Number.isInteger(offset) && Number.isInteger(limit) && offset >= 0 && limit > 0 && limit <= SEARCH_LIMIT;
  return usable ? { offset, limit } : undefined;
}

/** Whether a QR code matches all filters. Ignores unknown filters. */
export function passes(code: QrCode, filters: Record<string, unknown>): boolean {
  return Object.entries(filters).every(([name, value]) => {
    const test = TESTS[name];
    return test === undefined || value === '' || value === null || test(code, value);
  });
}

const TESTS: Record<string, (code: QrCode, value: unknown) => boolean> = {
  qrCodeId: (code, value) => code.qrCodeId === value,
  qrCodeIds: (code, value) => Array.isArray(value) && value.includes(code.qrCodeId),
  qrName: (code, value) => text(code.qrName).toLowerCase().includes(text(value).toLowerCase()),
  status: (code, value) => code.status === value,
  amount: (code, value) => code.amount !== undefined && Number(code.amount) === Number(value),
  customerId: (code, value) => code.customerId === value,
  referenceNumber: (code, value) => code.referenceNumber === value,
  amountFrom: (code, value) => code.amount !== undefined && Number(code.amount) >= Number(value),
  amountTo: (code, value) => code.amount !== undefined && Number(code.amount) <= Number(value),
  createdOnFrom: isFrom,
  createdOnTo: isUpTo,
  fromDate: isFrom,
  toDate: isUpTo,
};

function isFrom(code: QrCode, value: unknown): boolean {
  return text(code.createdOn) >= text(value);
}

/** A date without a time covers the whole day. */
function isUpTo(code: QrCode, value: unknown): boolean {
  const last = text(value);
  return code.createdOn !== undefined && text(code.createdOn).slice(0, Math.max(10, last.length)) <= last;
}

/** Newest first; codes without a date are last. */
export function newestFirst(codes: QrCode[]): QrCode[] {
  return codes.sort((a, b) => text(b.createdOn).localeCompare(text(a.createdOn)));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

import type { QrCode } from './seed.ts';

const SEARCH_LIMIT = 5000;

/** Where a page of the list starts, and how many it holds at most. */
export interface Page {
  offset: number;
  limit: number;
}

/** Reads `offset` (in QR codes, 0 when missing) and `limit` (at most and by default 5000); undefined if unusable. */
export function readPage(query: URLSearchParams): Page | undefined {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? SEARCH_LIMIT);
  const usable =
    Number.isInteger(offset) && Number.isInteger(limit) && offset >= 0 && limit > 0 && limit <= SEARCH_LIMIT;
  return usable ? { offset, limit } : undefined;
}

/** Whether a QR code passes all filters that are set. Unknown filters are ignored. */
export function passes(code: QrCode, filters: Record<string, unknown>): boolean {
  return Object.entries(filters).every(([name, wanted]) => {
    const test = TESTS[name];
    return test === undefined || wanted === '' || wanted === null || test(code, wanted);
  });
}

const TESTS: Record<string, (code: QrCode, wanted: unknown) => boolean> = {
  qrCodeId: (code, wanted) => code.qrCodeId === wanted,
  qrCodeIds: (code, wanted) => Array.isArray(wanted) && wanted.includes(code.qrCodeId),
  qrName: (code, wanted) => text(code.qrName).toLowerCase().includes(text(wanted).toLowerCase()),
  status: (code, wanted) => code.status === wanted,
  amount: (code, wanted) => code.amount !== undefined && Number(code.amount) === Number(wanted),
  customerId: (code, wanted) => code.customerId === wanted,
  referenceNumber: (code, wanted) => code.referenceNumber === wanted,
  amountFrom: (code, wanted) => code.amount !== undefined && Number(code.amount) >= Number(wanted),
  amountTo: (code, wanted) => code.amount !== undefined && Number(code.amount) <= Number(wanted),
  createdOnFrom: isFrom,
  createdOnTo: isUpTo,
  fromDate: isFrom,
  toDate: isUpTo,
};

function isFrom(code: QrCode, wanted: unknown): boolean {
  return text(code.createdOn) >= text(wanted);
}

/** A bare date takes in the whole of its day. */
function isUpTo(code: QrCode, wanted: unknown): boolean {
  const last = text(wanted);
  return code.createdOn !== undefined && text(code.createdOn).slice(0, Math.max(10, last.length)) <= last;
}

/** Newest first, as an operator expects; those without a date come last. */
export function newestFirst(codes: QrCode[]): QrCode[] {
  return codes.sort((a, b) => text(b.createdOn).localeCompare(text(a.createdOn)));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

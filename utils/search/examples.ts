import fc from 'fast-check';
import type { FoundCode, SearchPage } from '../enkash/search.ts';

/** A page as the gateway gave it, of these codes. */
export function pageOf(qrCodes: FoundCode[], change: Partial<SearchPage> = {}): SearchPage {
  return { qrCodes, received: qrCodes.length, ...change };
}

export const codeOf = (index: number, change: Partial<FoundCode> = {}): FoundCode => ({
  qrCodeId: `QR26AB${1000 + index}`,
  status: 'ACTIVE',
  ...change,
});

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const amount = fc.integer({ min: 0, max: 1_000_000 }).map((paise) => String(paise / 100));

/** Filters as they can be set on the page, any of them or none. */
export const anyFilters = fc.record(
  {
    text: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((text) => text.trim() === text),
    status: fc.constantFrom('ACTIVE', 'CANCELLED'),
    use: fc.constantFrom('single', 'multiple'),
    createdFrom: day,
    createdTo: day,
    amountFrom: amount,
    amountTo: amount,
  },
  { requiredKeys: [] },
);

/** A code of a small set of ids, so that some come again, with fields that are often missing or odd. */
export const anyCode: fc.Arbitrary<FoundCode> = fc.record(
  {
    qrCodeId: fc.integer({ min: 0, max: 30 }).map((index) => `QR26AB${1000 + index}`),
    status: fc.constantFrom('ACTIVE', 'CANCELLED', 'ON_HOLD', 'active'),
    qrName: fc.constantFrom('Tea', 'books', 'साड़ी'),
    amount: fc.oneof(amount, fc.integer({ min: 0, max: 1000 }), fc.constant('1 lakh')),
    multipleUse: fc.boolean(),
    createdOn: fc.oneof(
      day.map((on) => `${on}T10:00:00.000`),
      day.map((on) => `${on}T23:30:00Z`),
      fc.constantFrom('yesterday', 1_672_531_199_000),
    ),
    referenceNumber: fc.oneof(fc.constant('REF1'), fc.integer({ min: 0, max: 9 })),
    customerName: fc.constantFrom('Asha', 'Ravi'),
  },
  { requiredKeys: ['qrCodeId'] },
);

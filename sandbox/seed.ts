import { gatewayDateTime } from './date-time.ts';
import type { Environment } from './environment.ts';
import { pictureTextOf } from './picture-text.ts';
import { makeQrCodeId } from './qr-code-id.ts';
import { qrImageBase64 } from './qr-image.ts';
import { createSeededRandom } from './random.ts';
import { AMOUNTS, CUSTOMERS, SHOPS } from './seed-words.ts';

/** A QR code as the gateway returns it. Fields can be missing and, after `put`, of any JSON type. */
export interface QrCode {
  qrCodeId: string;
  [field: string]: unknown;
}

const HOUR_MS = 3_600_000;
const COUNTS: Readonly<Record<Environment, number>> = { UAT: 60, LIVE: 14 };
const STARTS: Readonly<Record<Environment, number>> = { UAT: 20_240_115, LIVE: 20_250_301 };

/**
 * Makes the seeded QR codes of an environment: the same ids, names and amounts each time, with dates relative to `now`
 * (milliseconds since 1970), so that expired codes stay expired.
 */
export function seedQrCodes(environment: Environment, now: number): QrCode[] {
  const number = createSeededRandom(STARTS[environment]);
  return Array.from({ length: COUNTS[environment] }, (_, index) =>
    makeQrCode(environment, index, now, number),
  );
}

/** The positions of the variations. The first codes stay ordinary. */
const isCancelled = (index: number) => index % 9 === 4;
const isExpired = (index: number) => index % 11 === 6;
const isAnyAmount = (index: number) => index % 8 === 5;
const isSingleUse = (index: number) => index % 3 === 1;
const isWithoutCustomer = (index: number) => index % 7 === 3;
const isBare = (index: number) => index % 20 === 18;

function makeQrCode(
  environment: Environment,
  index: number,
  now: number,
  number: (below: number) => number,
): QrCode {
  const shop = pick(SHOPS, number);
  const purpose = pick(shop.sells, number);
  const customer = pick(CUSTOMERS, number);
  const amount = pick(AMOUNTS, number);
  const qrCodeId = makeQrCodeId(number);
  const serial = 1000 + index * 7 + number(6);
  const createdOn = now - (24 + index * 31 + number(20)) * HOUR_MS - number(HOUR_MS);
  if (isBare(index)) return { qrCodeId, status: 'ACTIVE' };

  const fixedAmount = !isAnyAmount(index);
  const cancelled = isCancelled(index);
  const code: QrCode = {
    qrCodeId,
    qrName: `${shop.name} – ${purpose}`,
    multipleUse: !isSingleUse(index),
    fixedAmount,
    ...(fixedAmount && { amount }),
    description: `${purpose} ${serial}, ${shop.city}`,
    expiry: gatewayDateTime(
      isExpired(index) ? now - (5 + index) * HOUR_MS : now + (240 + index * 24) * HOUR_MS,
    ),
    customParams: { store: shop.city, invoice: `INV-${serial}` },
    status: cancelled ? 'CANCELLED' : 'ACTIVE',
    createdOn: gatewayDateTime(createdOn),
    modifiedOn: gatewayDateTime(cancelled ? createdOn + 5 * HOUR_MS : createdOn),
    ...(!isWithoutCustomer(index) && customerFields(customer, serial, index)),
    referenceNumber: `REF${serial}${number(900) + 100}`,
  };
  return withPicture(code, environment, { prefix: index % 2 === 0 ? 'data:image/png;base64,' : '' });
}

function customerFields(name: string, serial: number, index: number): Record<string, string> {
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  return {
    customerName: name,
    customerEmail: `${first}.${last}@example.${index % 2 === 0 ? 'com' : 'in'}`,
    customerMobile: `+91 00000 0${serial}`,
    customerId: `CUST${serial}`,
  };
}

/**
 * Adds the sandbox's picture to a QR code, or a picture of another text. `prefix` stands before the base64. Draws it on the
 * first read, because sixty pictures would slow the start down.
 */
export function withPicture(
  code: QrCode,
  environment: Environment,
  { text = pictureTextOf(code, environment), prefix = '' } = {},
): QrCode {
  return Object.defineProperty({ ...code }, 'qrCodeBase64', {
    enumerable: true,
    configurable: true,
    get: () => prefix + qrImageBase64(text),
  });
}

function pick<T>(list: readonly T[], number: (below: number) => number): T {
  return list[number(list.length)] as T;
}

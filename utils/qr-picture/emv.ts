import { fieldCollector, type Payment, readAmount, stated } from './payment-fields.ts';

/** The content of an EMV merchant-presented QR code, such as BharatQR. */
export interface EmvContent extends Payment {
  kind: 'emv';
  city?: string;
  billNumber?: string;
  checksum: 'right' | 'wrong' | 'missing';
}

/** A data object: an ID of two digits and its value. */
type DataObject = readonly [id: string, value: string];

/** Data object 00 with the value 01 comes first (EMV QR Code Specification, merchant-presented mode). */
const BEGINNING = '000201';
const CHECKSUM = /6304([\dA-Fa-f]{4})$/;
/** NPCI's registered application provider identifier, which marks its objects in BharatQR. */
const NPCI = /^A000000524/i;
/** IDs 26 to 51 are templates of payment networks. */
const isAccountTemplate = (id: string) => id >= '26' && id <= '51';
const INDIAN_RUPEE = '356';
const MIN_OBJECTS = 4;

/**
 * Reads the data objects of an EMV QR code; `undefined` for any other text. If the objects end in the middle of a text,
 * the ones before are read.
 *
 * NPCI's objects are those in the published examples of BharatQR by Razorpay and PayU: ID 26 has the UPI ID in 01,
 * ID 27 the reference in 01, both with the identifier in 00. ID 28 has a person's Aadhaar number and is not read.
 */
export function readEmv(text: string): EmvContent | undefined {
  if (!text.startsWith(BEGINNING)) return undefined;
  const { objects, isComplete } = readObjects(text);
  const isEmv = (isComplete && objects.length >= MIN_OBJECTS) || CHECKSUM.test(text);
  if (!isEmv) return undefined;
  const collector = fieldCollector();
  for (const [id, value] of objects) {
    if (isAccountTemplate(id)) {
      const account = new Map(readObjects(value).objects);
      const first = account.get('01');
      if (!NPCI.test(account.get('00') ?? '') || id === '28') continue;
      if (id === '27') collector.add('reference', first);
      else if (first?.includes('@')) collector.add('upiId', first);
    } else if (id === '52') collector.add('merchantCode', value);
    else if (id === '53') collector.add('currency', value === INDIAN_RUPEE ? 'INR' : value);
    else if (id === '54') collector.add('amount', value);
    else if (id === '59') collector.add('payee', value);
    else if (id === '60') collector.add('city', value);
    else if (id === '62') {
      const additional = new Map(readObjects(value).objects);
      collector.add('billNumber', additional.get('01'));
      collector.add('note', additional.get('08'));
    }
  }
  const { fields, repeated } = collector.finish();
  const { amount, reference = labelOf(objects), ...rest } = fields;
  return {
    kind: 'emv',
    ...rest,
    ...stated('amount', readAmount(amount)),
    ...stated('reference', repeated.includes('reference') ? undefined : reference),
    repeated,
    checksum: checksumOf(text),
  };
}

/** The references of an EMV QR code that may be an ID, most likely first; `undefined` for any other text. */
export function emvReferences(text: string): string[] | undefined {
  if (readEmv(text) === undefined) return undefined;
  const { objects } = readObjects(text);
  const label = labelOf(objects);
  const accounts = objects.filter(([id]) => isAccountTemplate(id) && id !== '28');
  const inside = accounts.map(([, value]) => new Map(readObjects(value).objects).get('01') ?? '');
  const bill = new Map(readObjects(objectOf(objects, '62') ?? '').objects).get('01');
  return [label, ...inside.filter((value) => !value.includes('@')), bill, ...inside].filter(
    (value) => value !== undefined && value !== '',
  ) as string[];
}

/** The reference label: ID 05 in the additional data, ID 62. */
function labelOf(objects: readonly DataObject[]): string | undefined {
  return new Map(readObjects(objectOf(objects, '62') ?? '').objects).get('05') || undefined;
}

function objectOf(objects: readonly DataObject[], wanted: string): string | undefined {
  return objects.find(([id]) => id === wanted)?.[1];
}

/** The objects of a text up to the first damaged one. Lengths count characters, or bytes if only that fits. */
function readObjects(text: string): { objects: DataObject[]; isComplete: boolean } {
  const byCharacter = split(Array.from(text), (part) => part.join(''));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text of ASCII has the same length in both.
  if (byCharacter.isComplete || /^[\x00-\x7f]*$/.test(text)) return byCharacter;
  const decoder = new TextDecoder();
  const byByte = split(Array.from(new TextEncoder().encode(text)), (part) =>
    decoder.decode(Uint8Array.from(part)),
  );
  return byByte.isComplete ? byByte : byCharacter;
}

function split<Unit>(units: readonly Unit[], textOf: (part: readonly Unit[]) => string) {
  const objects: DataObject[] = [];
  let at = 0;
  while (at + 4 <= units.length) {
    const head = textOf(units.slice(at, at + 4));
    const end = at + 4 + Number(head.slice(2));
    if (!/^\d{4}$/.test(head) || end > units.length) break;
    objects.push([head.slice(0, 2), textOf(units.slice(at + 4, end))]);
    at = end;
  }
  return { objects, isComplete: at === units.length };
}

/** Object 63 holds the checksum of all before its value, its own ID and length included. */
function checksumOf(text: string): EmvContent['checksum'] {
  const written = CHECKSUM.exec(text)?.[1];
  if (written === undefined) return 'missing';
  return Number.parseInt(written, 16) === crc16(text.slice(0, -4)) ? 'right' : 'wrong';
}

/** CRC-16 with polynomial 0x1021 and initial value 0xFFFF (CCITT-FALSE) of the UTF-8 bytes. */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

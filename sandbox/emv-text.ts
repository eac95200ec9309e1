import type { Payment } from './picture-text.ts';

/** RuPay's application id, which marks the merchant account fields as UPI. */
const RUPAY = 'A000000524';
const LONGEST_NAME = 25;
const LONGEST_VALUE = 99;
const CITY = 'Jaipur';
const PIN_CODE = '302001';

/**
 * A BharatQR text: EMV's merchant-presented form, with the UPI ID in field 26, the reference in 27, and the check sum of
 * EMV's specification (CRC-16 from 0xFFFF, polynomial 0x1021) in field 63.
 */
export function emvText({ upiId, payee, categoryCode, reference, note, amount }: Payment): string {
  const text = [
    field('00', '01'),
    field('01', amount === undefined ? '11' : '12'),
    field('26', field('00', RUPAY) + field('01', upiId)),
    reference === undefined ? '' : field('27', field('00', RUPAY) + field('01', reference)),
    field('52', categoryCode),
    field('53', '356'),
    amount === undefined ? '' : field('54', amount),
    field('58', 'IN'),
    field('59', payee.slice(0, LONGEST_NAME)),
    field('60', CITY),
    field('61', PIN_CODE),
    note === undefined ? '' : field('62', field('08', note.slice(0, LONGEST_NAME))),
    '6304',
  ].join('');
  return text + checkSum(text);
}

function field(tag: string, value: string): string {
  if (value.length > LONGEST_VALUE)
    throw new Error(`Field ${tag} is longer than ${LONGEST_VALUE} characters`);
  return tag + String(value.length).padStart(2, '0') + value;
}

function checkSum(text: string): string {
  let sum = 0xffff;
  for (const byte of Buffer.from(text)) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum.toString(16).toUpperCase().padStart(4, '0');
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { glanceAt } from './glance.ts';

const ID = 'QR26DU7U9NREWU';
const SECOND = 'QR26AB3C4D5E6F';

describe('a selection at a glance', () => {
  it.each([
    ID,
    ` “${ID}”, `,
    `QR code ID: ${ID}`,
    `Payment ID: pay_29QQoUBi66xm2f`,
    `${ID}\tCounter 4\t₹500\tACTIVE\t2026-11-22`,
    `https://pay.example/qr/${ID}`,
    '1.23E+15',
    'QR26\u200bDU7U9',
    'Please cancel 123456789012',
    `Txn ID: T2211261030123, QR ID: ${ID}`,
    'ABCD',
    '12345',
  ])('opens the popup for %j', (text) => {
    expect(glanceAt(text)).toBe('one');
  });

  it.each([
    `${ID} ${SECOND}`,
    `Replace ${ID} with ${SECOND} from today.`,
    `${ID} Counter 4 ₹500 ACTIVE\n1.23E+15\n${SECOND}`,
    `${ID}/${SECOND}`,
    '123456789012\n223456789012',
  ])('opens the workbench for %j', (text) => {
    expect(glanceAt(text)).toBe('list');
  });

  it.each([
    '',
    ' ',
    'Thank you for your payment',
    'Thanks',
    'Counter 4',
    '10:30 AM',
    '2026-11-22',
    '₹1,00,000',
    'Rs. 500 only',
    'ravi2020@gmail.com',
    'Call 9876543210 now',
  ])('finds nothing in %j', (text) => {
    expect(glanceAt(text)).toBe('nothing');
  });

  it.each([
    'P01-safelink',
    'P06-file-name',
    'P07-italics',
    'P08-tamil',
    'P09-payment-id',
    'P10-zero-width',
    'P18-ticket-link',
  ])('opens the popup for %s', (name) => {
    expect(glanceAt(readFileSync(`tests/lists/${name}.txt`, 'utf8'))).toBe('one');
  });
});

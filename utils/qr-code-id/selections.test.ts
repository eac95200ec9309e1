import { describe, expect, it } from 'vitest';
import { parseInput } from './parse-entry.ts';
import { readList } from './read-list.ts';

const ID = 'QR26DU7U9NREWU';
const SECOND = 'QR26AB3C4D5E6F';
const THIRD = 'QR26ZZZZ11112';

function idsIn(text: string): string[] {
  const list = readList({ text });
  return list.ok ? list.ids : [];
}
function refusedIn(text: string) {
  const list = readList({ text });
  return list.ok ? list.lines.filter(({ kind }) => kind === 'refused') : [];
}

describe('a row of a table', () => {
  it.each([
    ['with tabs', `${ID}\tCounter 4\t₹500\tACTIVE\t2026-11-22`],
    ['with spaces', `${ID} Counter 4 ₹500 ACTIVE 2026-11-22`],
    ['of two cells', `${ID}\tACTIVE`],
    ['without any space', `${ID}\t500\tACTIVE`],
    ['with the amount first', `₹1,500.00\t22-Nov-2026 10:30AM\t${ID}`],
    [
      'of boxes, one a line',
      `${ID}\nCounter 4\n₹500\nACTIVE\n22/11/2026\n10:30am\nRs.1500\nasha1@shop.example`,
    ],
    ['under its heading', `QR Code ID\tName\n${ID}\tCounter 4`],
    ['of details', `QR Code ID: ${ID} Name: Counter 4 Amount: 50000`],
  ])('%s', (_, text) => {
    expect(parseInput(text)).toMatchObject({ kind: 'one', qrCodeId: ID, occurrences: 1 });
  });

  it('gives the id of each of several rows', () => {
    const rows = `QR Code ID\tName\n${ID}\tCounter 4\n${SECOND}\tCounter 5\n${THIRD}\tCounter 6`;
    expect(idsIn(rows)).toEqual([ID, SECOND, THIRD]);
  });
});

describe('prose', () => {
  it.each([
    [
      'an e-mail',
      `Hi team,\nplease cancel the QR code ${ID} of counter 4 (₹1,500.00), created on 22/11/2026 at 10:30am by ravi2020@gmail.com. Call +91-9876543210 or 9876543210.\nThanks, Asha`,
    ],
    [
      'a chat',
      `[22/11/26, 10:42:13 AM] Ravi Kumar: pls cancel ${ID}\n[22/11/26, 10:43:01 AM] Asha: ok, customer paid from ravi123@okhdfcbank Rs.500/-`,
    ],
    ['tax numbers', `GSTIN 27AAPFU0939F1ZV PAN AAPFU0939F IFSC HDFC0001234 QR ${ID}`],
    [
      'other numbers with labels',
      `Txn ID: T2211261030123, Ref: A1B2C3D4, Customer ID: CUST12345, QR ID: ${ID}`,
    ],
    ['dates and amounts', `22Nov2026 Nov-22-2026 22-Nov-26 Rs1000 INR1000 1000INR 10.30pm 9am-5pm ${ID}`],
    ['a full stop and a possessive', `It is ${ID}’s turn.`],
    ['Hindi', `कृपया ${ID} रद्द करें, राशि ₹500, 22 नवंबर 2026`],
    ['Hindi with a danda', `रद्द करें: ${ID}। धन्यवाद`],
    ['a link to elsewhere', `${ID}: see https://help.example/2026/11/how-to-cancel-a-code-in-2026`],
  ])('gives just the id: %s', (_, text) => {
    expect(parseInput(text)).toMatchObject({ kind: 'one', qrCodeId: ID, occurrences: 1 });
  });

  it.each([
    ['with commas', `${ID} and ${SECOND} are both wrong, also ${THIRD}.`],
    ['joined by a stroke', `cancel ${ID}/${SECOND} and ${THIRD} please`],
    ['with bullets', `• ${ID}\n• ${SECOND}\n• ${THIRD}`],
    ['with hyphens', `- ${ID}\n- ${SECOND}\n- ${THIRD}`],
    ['with numbers', `1. ${ID}\n2. ${SECOND}\n3) ${THIRD}`],
    ['in parentheses', `the two (${ID}, ${SECOND}) and [${THIRD}]`],
  ])('gives several ids %s', (_, text) => {
    expect(idsIn(text)).toEqual([ID, SECOND, THIRD]);
  });

  it.each([
    'Counter 4',
    '10:30 AM',
    '2026-11-22',
    '22-11-2026',
    '22/11/2026',
    '₹1,00,000',
    '500.00',
    'Rs. 500 only',
    'ravi2020@gmail.com',
    '9876543210@ybl',
    '+919876543210',
    'pay to shop123@okaxis now',
    'Call 9876543210 now',
    'Order #12345, total: 50000, PIN 110001',
    'Meet at 10:30am on 22nd Nov, room B12, call 98765-43210, Rs500, 4G',
    'See https://help.example/article/how-to-cancel-in-2026',
  ])('gives no id from %j', (text) => {
    expect(idsIn(text)).toEqual([]);
  });

  it('gives long numbers if there is no better id', () => {
    expect(idsIn('Please cancel 123456789012 and 223456789012')).toEqual(['123456789012', '223456789012']);
    expect(idsIn(`Please cancel 123456789012, that is ${ID}`)).toEqual([ID]);
  });
});

describe('JSON of the gateway', () => {
  const answer = {
    qrCodeId: ID,
    qrName: 'Counter 4',
    amount: 500,
    status: 'ACTIVE',
    qrCodeBase64: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA1+/2==',
    createdOn: '2026-11-22T10:30:00',
    customerId: 'CUST123456',
    referenceNumber: 'REF123456',
  };
  it.each([0, 2])('gives just the id with an indent of %i', (indent) => {
    expect(idsIn(JSON.stringify(answer, null, indent))).toEqual([ID]);
  });
  it('gives just the id without spaces', () => {
    expect(idsIn(JSON.stringify({ ...answer, qrName: 'Counter' }))).toEqual([ID]);
  });
});

describe('a damaged id beside a valid one', () => {
  it.each([`${ID}\nQR26AB/3C4D5`, `${ID}\n1.23E+15`, `${ID} QR26\u200bAB3C4D`])(
    'is refused, because the intended id is ambiguous: %j',
    (text) => {
      expect(parseInput(text).kind).toBe('none');
      expect(refusedIn(text)).toHaveLength(1);
    },
  );

  it('is reported with its line', () => {
    expect(refusedIn(`${ID}\r\n\r\nQR26AB/3C4D5`)).toMatchObject([{ line: 3, text: 'QR26AB/3C4D5' }]);
  });
});

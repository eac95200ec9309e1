import { describe, expect, it } from 'vitest';
import { readPictureText } from '../qr-picture/payment-text.ts';
import { pictureLines, pictureNotes } from './picture.ts';

const linesOf = (text: string) => pictureLines(readPictureText(text));
const notesOf = (text: string) => pictureNotes(readPictureText(text));
const EMV = '00020101021126300010A0000005240112shop.one@ybl5204581253033565906Sample6006Mumbai6304';

describe('what a picture says', () => {
  it('has a line for each field of a UPI link, with Indian grouping', () => {
    expect(
      linesOf('upi://pay?pa=shop@ybl&pn=Chai%20Shop&am=150000.5&cu=INR&tr=QR26AB12CD34&tn=Table+4&mc=5812'),
    ).toEqual([
      ['Payee', 'Chai Shop'],
      ['UPI ID', 'shop@ybl'],
      ['Amount', '₹1,50,000.50'],
      ['Reference', 'QR26AB12CD34'],
      ['Note', 'Table 4'],
    ]);
    expect(notesOf('upi://pay?pa=shop@ybl')).toEqual([]);
  });

  it('names the city of an EMV code, and any amount', () => {
    expect(linesOf(`${EMV}0000`)).toEqual([
      ['Payee', 'Sample'],
      ['UPI ID', 'shop.one@ybl'],
      ['Amount', 'Any amount'],
      ['City', 'Mumbai'],
    ]);
    expect(notesOf(`${EMV}0000`)).toEqual([
      'The checksum in this QR code is wrong: the code was changed, or made wrongly. Payment apps may refuse it.',
    ]);
    expect(notesOf(EMV.slice(0, -4))).toEqual(['This QR code has no checksum. Payment apps may refuse it.']);
  });

  it.each([
    ['upi://pay?pa=a@ybl&am=5&cu=USD', '5 USD'],
    ['upi://pay?pa=a@ybl&am=1,000', '1,000'],
    ['000201530384054045.005906Sample', '5 (ISO 4217: 840)'],
  ])('of %s shows the amount %s', (text, shown) => {
    expect(linesOf(text)).toContainEqual(['Amount', shown]);
  });

  it('shows hostile characters by name, and a link as plain text', () => {
    expect(linesOf('upi://pay?pa=shop@ybl&pn=%E2%80%AEpohS')[0]).toEqual(['Payee', '‹U+202E›pohS']);
    expect(notesOf('https://example.com/\u200b')).toEqual([
      'This is no UPI QR code: https://example.com/‹U+200B›',
    ]);
    expect(linesOf('https://example.com/')).toEqual([]);
    expect(notesOf('')).toEqual(['This is no UPI QR code: it holds no text.']);
  });

  it('names another action, and fields that are stated twice, without their values', () => {
    expect(notesOf('upi://mandate?pa=shop@ybl')[0]).toMatch(/mandate/);
    expect(notesOf('upi://collect?pa=shop@ybl')).toEqual([
      'This UPI QR code asks for something other than a payment: collect',
    ]);
    const twice = 'upi://pay?pa=shop@ybl&pa=thief@ybl&am=1&am=2';
    expect(notesOf(twice)).toEqual([
      'It is stated more than once, and payment apps may read it differently: UPI ID, Amount',
    ]);
    expect(linesOf(twice)).toEqual([]);
  });
});

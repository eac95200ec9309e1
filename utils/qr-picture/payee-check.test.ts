import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePayee } from './payee-check.ts';
import { type PictureContent, readPictureText } from './payment-text.ts';

const upi = (upiId: string | undefined, payee?: string): PictureContent => ({
  kind: 'upi',
  action: 'pay',
  ...(upiId === undefined ? {} : { upiId }),
  ...(payee === undefined ? {} : { payee }),
  repeated: [],
});
const other: PictureContent = { kind: 'other', text: 'hello' };
const SHARED = [upi('shop@ybl', 'Chai Shop'), upi('shop@ybl', 'Chai Shop'), upi('shop@ybl', 'Chai Shop')];
const OWN = ['1', '2', '3', '4'].map((n) => upi(`Q1234567${n}@ybl`, 'Chai Shop'));

describe('comparePayee', () => {
  it.each([
    ['the same UPI ID', upi('shop@ybl', 'Chai Shop'), 'same'],
    ['the same UPI ID in capitals', upi('SHOP@YBL', 'chai  shop.'), 'same'],
    ['the same UPI ID with another name', upi('shop@ybl', 'Other'), 'same'],
    ['another UPI ID with the same name', upi('thief@ybl', 'CHAI SHOP'), 'different-upi-id'],
    ['another UPI ID without a name', upi('thief@ybl'), 'different-upi-id'],
    ['another UPI ID and name', upi('thief@ybl', 'Thief'), 'different-payee'],
    ['no UPI ID', upi(undefined, 'Thief'), 'unknown'],
    ['another kind of text', other, 'unknown'],
  ])('beside codes that share a UPI ID, %s', (_, content, result) => {
    expect(comparePayee(content, SHARED)).toBe(result);
  });

  it.each([
    ['the same handle and name', upi('Q99999999@ybl', 'Chai Shop'), 'same'],
    ['the same handle without a name', upi('Q99999999@ybl'), 'unknown'],
    ['the same handle with another name', upi('Q99999999@ybl', 'Thief'), 'different-payee'],
    ['another handle with the same name', upi('Q99999999@paytm', 'Chai Shop'), 'different-upi-id'],
    ['another handle and name', upi('thief@paytm', 'Thief'), 'different-payee'],
    ['no UPI ID', upi(undefined, 'Chai Shop'), 'unknown'],
  ])('beside codes with a UPI ID each, %s', (_, content, result) => {
    expect(comparePayee(content, OWN)).toBe(result);
  });

  it('says nothing beside codes that have nothing in common', () => {
    const others = [upi('a@ybl', 'One'), upi('b@paytm', 'Two'), upi('c@icici', 'Three')];
    expect(comparePayee(upi('d@axl', 'Four'), others)).toBe('unknown');
  });

  it('says nothing with fewer than two codes that have a UPI ID', () => {
    const thief = upi('thief@ybl', 'Thief');
    expect(comparePayee(thief, [])).toBe('unknown');
    expect(comparePayee(thief, [upi('shop@ybl', 'Shop'), other, upi(undefined, 'Shop')])).toBe('unknown');
  });

  it('says nothing about a picture with two UPI IDs, which has none', () => {
    expect(comparePayee(readPictureText('upi://pay?pa=shop@ybl&pa=thief@ybl'), SHARED)).toBe('unknown');
  });

  it('takes a long name that was cut off for the same', () => {
    const long = [1, 2, 3, 4].map((n) => upi(`Q${n}@ybl`, 'Central Warehousing Corporation of India'));
    expect(comparePayee(upi('Q9@ybl', 'CENTRAL WAREHOUSING CORPO'), long)).toBe('same');
    expect(comparePayee(upi('Q9@ybl', 'Central'), long)).toBe('different-payee');
  });

  it('never reports a difference for a picture equal to one of the others', () => {
    const content = fc.oneof(
      fc.constant(other),
      fc
        .tuple(
          fc.option(fc.constantFrom('a@ybl', 'b@ybl', 'c@icici', 'noat', '', '@'), { nil: undefined }),
          fc.option(fc.constantFrom('Shop', 'SHOP', 'Two', '…', ''), { nil: undefined }),
        )
        .map(([upiId, name]) => upi(upiId, name)),
      fc.string().map(readPictureText),
    );
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 12 }), fc.nat(), (others, pick) => {
        const one = others[pick % others.length] as PictureContent;
        expect(['same', 'unknown']).toContain(comparePayee(one, others));
      }),
      { numRuns: 1_000 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { missingConfirmation } from './typed-confirmation.ts';

describe('a typed confirmation', () => {
  it.each([
    'CANCEL 2987',
    'cancel 2987',
    'Cancel 2987',
    ' CANCEL  2987 ',
    'CANCEL2987',
    'CANCEL\u00a02987',
    'CANCEL 2,987',
    'CANCEL 2 987',
    'CANCEL 2.987',
    'CANCEL 2\u202f987',
    'CANCEL 2’987',
    'CANCEL २९८७',
    'CANCEL २,९८७',
    'CANCEL ২৯৮৭',
    'CANCEL ௨௯௮௭',
    'CANCEL ౨౯౮౭',
    'CANCEL ૨૯૮૭',
    'CANCEL ೨೯೮೭',
    'ＣＡＮＣＥＬ ２９８７',
    '“CANCEL 2987”',
    'CANCEL: 2987.',
    'CANCEL 2987\u200b',
  ])('is complete if the text is %j', (typed) => {
    expect(missingConfirmation(typed, 2_987)).toBeUndefined();
  });

  it.each(['CANCEL 1,00,000', 'CANCEL 100,000', 'cancel 100000', 'CANCEL १,००,०००'])(
    'accepts Indian and Western digit grouping: %j',
    (typed) => {
      expect(missingConfirmation(typed, 100_000)).toBeUndefined();
    },
  );

  it.each([
    ['', 'nothing'],
    ['  ', 'nothing'],
    ['2987', 'word'],
    ['CANCE 2987', 'word'],
    ['DO NOT CANCEL 2987', 'word'],
    ['CANCEL', 'number'],
    ['cancel ', 'number'],
    ['CANCEL 298', 'other-number'],
    ['CANCEL 29877', 'other-number'],
    ['CANCEL 2987 2987', 'other-number'],
    ['CANCEL -2987x', 'other-number'],
    ['CANCEL 2987 codes', 'other-number'],
    ['CANCEL 02987', 'other-number'],
  ])('is incomplete if the text is %j, and names the missing part: %s', (typed, code) => {
    expect(missingConfirmation(typed, 2_987)).toMatchObject({ code });
  });

  it('accepts the digits of every script', () => {
    for (const zero of [0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0x660, 0x6f0, 0xff10])
      for (let digit = 1; digit < 10; digit += 1)
        expect(missingConfirmation(`CANCEL ${String.fromCodePoint(zero + digit)}`, digit)).toBeUndefined();
  });
});

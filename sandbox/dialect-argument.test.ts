import { expect, it } from 'vitest';
import { readDialectArgument } from './dialect-argument.ts';

it.each([
  ['html-200', ['html-200', {}]],
  ['html-200:', ['html-200', {}]],
  ['html-200:on=get+search,after=3', ['html-200', { on: ['get', 'search'], after: 3 }]],
  ['html-200:qrCodeId=4021,every=x', ['html-200', { qrCodeId: '4021', every: 'x' }]],
  ['date-skew:skewMs=-600000', ['date-skew', { skewMs: -600_000 }]],
])('reads %s', (argument, expected) => {
  expect(readDialectArgument(argument)).toEqual(expected);
});

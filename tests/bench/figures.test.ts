import { expect, it } from 'vitest';
import { amountText, intervalText, limitText, outcomeText, rounded } from './figures.ts';

it('numbers have three digits, and whole numbers no more than they need', () => {
  expect([0, 7, 1500, 0.9664, 1.0049, 12.34, 123.4].map(rounded)).toEqual([
    '0',
    '7',
    '1500',
    '0.966',
    '1.00',
    '12.3',
    '123',
  ]);
});

it('a missing figure is an empty text', () => {
  expect([amountText(undefined, 'ms'), limitText(undefined), intervalText(undefined)]).toEqual(['', '', '']);
});

it('a row without a limit has no reason beside its outcome', () => {
  expect(outcomeText({ outcome: 'told', reason: 'too noisy to tell' })).toBe('told');
  expect(outcomeText({ outcome: 'VOID', reason: 'too noisy to tell' })).toBe('VOID: too noisy to tell');
});

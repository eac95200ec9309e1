import { expect, it } from 'vitest';
import { MAX_TEXT_LENGTH, truncate } from './cap-text.ts';

it('A16 cuts a text of 100 kB and appends the number of removed characters', () => {
  expect(truncate('x'.repeat(100_000))).toBe(
    `${'x'.repeat(MAX_TEXT_LENGTH)}… +${(100_000 - MAX_TEXT_LENGTH).toLocaleString('en-IN')}`,
  );
  expect(truncate('x'.repeat(MAX_TEXT_LENGTH))).toBe('x'.repeat(MAX_TEXT_LENGTH));
});

it('A16 does not cut within a character', () => {
  expect(truncate(`x${'😀'.repeat(1_000)}`).isWellFormed()).toBe(true);
});

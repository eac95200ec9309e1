import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY_AFTER_MS, parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 22, 10, 30, 0);

describe('A55 Retry-After', () => {
  it.each([
    ['Sun Nov 22 10:30:10 2026', 10_000],
    ['Sun Nov  1 10:30:10 2026', 0],
    ['Sunday, 22-Nov-26 10:30:10 GMT', 10_000],
    ['120, 120', 120_000],
    ['5,6', 6_000],
    ['Sun, 22 Nov 2026 10:30:10 GMT, Sun, 22 Nov 2026 10:30:20 GMT', 20_000],
    ['30, Sun, 22 Nov 2026 10:30:10 GMT', 30_000],
  ])('%j is %i ms', (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });

  it.each([-600_000, 0, 600_000])(
    'a date is compared with the Date of the answer if the clock is %i ms off',
    (skew) => {
      const [header, date] = ['Sun, 22 Nov 2026 10:31:00 GMT', 'Sun, 22 Nov 2026 10:30:00 GMT'];
      expect(parseRetryAfter(header, NOW + skew, date)).toBe(60_000);
      expect(parseRetryAfter('60', NOW + skew, date)).toBe(60_000);
    },
  );
});

describe('A21 Retry-After', () => {
  it.each([
    ['0', 0],
    ['1', 1_000],
    [' 120 ', 120_000],
    ['1.5', 1_500],
    ['+3', 3_000],
    ['-5', 0],
    ['31536000', 31_536_000_000],
    ['Sun, 22 Nov 2026 10:30:10 GMT', 10_000],
    ['Sunday, 22-Nov-26 10:31:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 10:29:00 GMT', 0],
    ['Mon, 22 Nov 2027 10:30:00 GMT', 31_536_000_000],
  ])('%j is %i ms', (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });

  it.each([
    null,
    '',
    ' ',
    'soon',
    '1e3',
    '0x10',
    '5 s',
    'NaN',
    'Infinity',
    'Sun, 22 Nov 2026 99:30:10 GMT',
    'Foo, 99 Bar 2026 99:99:99 GMT',
  ])('%j is unreadable and returns the default', (header) => {
    expect(parseRetryAfter(header, NOW)).toBe(DEFAULT_RETRY_AFTER_MS);
  });

  it.each(['9'.repeat(20), '9'.repeat(400)])('%j is a very long wait, not an error', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeGreaterThan(3_600_000);
  });
});

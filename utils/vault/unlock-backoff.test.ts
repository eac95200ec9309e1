import { describe, expect, it } from 'vitest';
import { isExpired, LOCK_AFTER_MINUTES } from './auto-lock.ts';
import { backoffDelay, clampToNow, NO_FAILED_ATTEMPTS, retryAt } from './unlock-backoff.ts';

const NOW = 1_000_000_000_000;

describe('A30 the delay after wrong passphrases', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 5],
    [4, 10],
    [5, 20],
    [6, 40],
    [7, 80],
    [8, 160],
    [9, 320],
    [10, 640],
    [11, 900],
    [12, 900],
    [5_000, 900],
  ])('is, after %d failures, %d s', (count, seconds) => {
    expect(backoffDelay(count)).toBe(seconds * 1000);
  });

  it('is not shortened by a clock set back, and does not last until the clock catches up', () => {
    const stored = { count: 3, lastAt: NOW + 86_400_000 };
    expect(retryAt(stored, NOW)).toBe(NOW + 5_000);
    const clamped = clampToNow(stored, NOW);
    expect(retryAt(clamped, NOW + 5_000)).toBe(NOW + 5_000);
  });

  it.each([
    undefined,
    null,
    7,
    {},
    { count: '9', lastAt: 0 },
    { count: -1, lastAt: 0 },
    { count: 1.5, lastAt: 0 },
  ])('restarts if the stored value is %j', (stored) =>
    expect(clampToNow(stored, NOW)).toEqual(NO_FAILED_ATTEMPTS),
  );
});

describe('A32 the lock deadline', () => {
  it.each(LOCK_AFTER_MINUTES)('is %d min after the last use, to the millisecond', (minutes) => {
    expect(isExpired(NOW, minutes, NOW + minutes * 60_000 - 1)).toBe(false);
    expect(isExpired(NOW, minutes, NOW + minutes * 60_000)).toBe(true);
  });

  it('has passed if the clock was set back or a value is not a number', () => {
    expect(isExpired(NOW, 60, NOW - 1)).toBe(true);
    expect(isExpired(NOW, Number.NaN, NOW)).toBe(true);
    expect(isExpired(Number.NaN, 60, NOW)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { distanceText, nearWallText, startsInText, zoneText } from './wall-time.ts';

const HOUR_MS = 3_600_000;

describe('a planned time in words', () => {
  it('names the day beside the present one, and else its date', () => {
    const present = '2026-11-27T09:10';
    expect(nearWallText('2026-11-26T23:59', present)).toBe('yesterday 23:59');
    expect(nearWallText('2026-11-27T23:59', present)).toBe('today 23:59');
    expect(nearWallText('2026-11-27T23:59', present, true)).toBe('23:59');
    expect(nearWallText('2026-11-28T00:05', present, true)).toBe('tomorrow 00:05');
    expect(nearWallText('2026-12-04T11:00', present)).toBe('4 Dec 2026, 11:00');
  });

  it('has its zone with the offset of that time', () => {
    expect(zoneText('Asia/Kolkata', Date.UTC(2026, 10, 27))).toBe('Asia/Kolkata, GMT+5:30');
    expect(zoneText('Europe/Berlin', Date.UTC(2026, 6, 1))).toBe('Europe/Berlin, GMT+2');
    expect(zoneText('Mars/Base', 0)).toBe('Mars/Base');
  });

  it('says how far it is, in the largest unit', () => {
    expect(distanceText(5 * 60_000, 0)).toBe('in 5 minutes');
    expect(distanceText(3 * HOUR_MS, 0)).toBe('in 3 hours');
    expect(distanceText(40 * 24 * HOUR_MS, 0)).toBe('in 40 days');
  });

  it('counts whole seconds, and none after the last', () => {
    expect(startsInText(10_000, 0)).toBe('Starts in 10 s');
    expect(startsInText(10_000, 9_001)).toBe('Starts in 1 s');
    expect(startsInText(10_000, 10_000)).toBe('Starting…');
  });
});

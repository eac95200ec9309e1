import { afterEach, describe, expect, it } from 'vitest';
import { systemLocalTime } from './local-time.ts';

const HOME = process.env.TZ;

afterEach(() => {
  if (HOME === undefined) delete process.env.TZ;
  else process.env.TZ = HOME;
});

describe('the local time', () => {
  it.each([
    ['Asia/Kolkata', '2026-11-27T23:59', '2026-11-27T18:29:00.000Z'],
    ['Asia/Kathmandu', '2026-11-27T23:59', '2026-11-27T18:14:00.000Z'],
    ['America/New_York', '2026-07-01T00:05', '2026-07-01T04:05:00.000Z'],
  ])('of %s reads a wall time as a moment, and back', (zone, wall, instant) => {
    process.env.TZ = zone;
    expect(systemLocalTime.zone()).toBe(
      new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone,
    );
    expect(new Date(systemLocalTime.instantOf(wall)).toISOString()).toBe(instant);
    expect(systemLocalTime.wallAt(Date.parse(instant))).toBe(wall);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T01:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T15:15:00.000Z'],
    ['Antarctica/Troll', '2026-10-25T02:30', '2026-10-25T02:30:00.000Z'],
  ])('of %s reads a wall time that comes twice as the second one', (zone, wall, instant) => {
    process.env.TZ = zone;
    expect(new Date(systemLocalTime.instantOf(wall)).toISOString()).toBe(instant);
  });

  it('reads a wall time that is skipped as one after the gap', () => {
    process.env.TZ = 'Europe/Berlin';
    const at = systemLocalTime.instantOf('2026-03-29T02:30');
    expect(systemLocalTime.wallAt(at)).toBe('2026-03-29T03:30');
  });

  it('reads nothing else', () => {
    expect(systemLocalTime.instantOf('2026-13-29T02:30')).toBeNaN();
    expect(systemLocalTime.instantOf('tomorrow')).toBeNaN();
  });
});

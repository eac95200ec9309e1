import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemLocalTime } from '../lib/local-time.ts';
import { earliestStart, type PlannedTime, planTime, planWait } from './planned-time.ts';

const HOME = process.env.TZ;
const ZONES = ['Asia/Kolkata', 'Asia/Dubai', 'Asia/Singapore', 'Europe/Berlin', 'America/New_York', 'UTC'];
const NOW = Date.UTC(2026, 10, 27, 12);

afterEach(() => {
  if (HOME === undefined) delete process.env.TZ;
  else process.env.TZ = HOME;
});

function planIn(zone: string, wall: string): PlannedTime {
  process.env.TZ = zone;
  const planned = planTime({ wall, zone: systemLocalTime.zone() }, systemLocalTime, 0);
  if ('code' in planned) throw new Error(planned.code);
  return planned;
}

function startIn(zone: string, planned: PlannedTime): number {
  process.env.TZ = zone;
  return earliestStart(planned, systemLocalTime);
}

describe('a planned time', () => {
  it('is the wall time in the zone of the computer', () => {
    process.env.TZ = 'Asia/Kolkata';
    const wanted = { wall: '2026-11-27T23:59', zone: systemLocalTime.zone() };
    expect(planTime(wanted, systemLocalTime, NOW)).toEqual({ ...wanted, at: Date.UTC(2026, 10, 27, 18, 29) });
  });

  it('is refused if it is not later than now, or no time', () => {
    process.env.TZ = 'UTC';
    const at = (wall: string) => planTime({ wall, zone: 'UTC' }, systemLocalTime, NOW);
    expect(at('2026-11-27T12:00')).toEqual({ code: 'past' });
    expect(at('2026-11-27T12:01')).toMatchObject({ at: NOW + 60_000 });
    expect(at('2026-99-27T12:01')).toEqual({ code: 'past' });
  });

  it('is refused if the page showed another zone', () => {
    process.env.TZ = 'Asia/Dubai';
    expect(planTime({ wall: '2026-11-27T23:59', zone: 'Asia/Kolkata' }, systemLocalTime, NOW)).toEqual({
      code: 'zone-changed',
      zone: 'Asia/Dubai',
    });
  });

  it('that clocks skip is stored as the time after the gap', () => {
    expect(planIn('Europe/Berlin', '2027-03-28T02:30').wall).toBe('2027-03-28T03:30');
  });

  it('starts at its moment in its zone and in every zone further east', () => {
    const planned = planIn('Asia/Kolkata', '2026-11-27T23:59');
    expect(startIn('Asia/Kolkata', planned)).toBe(planned.at);
    expect(startIn('Asia/Singapore', planned)).toBe(planned.at);
  });

  it('starts later in a zone further west, if the wall shows the time', () => {
    const planned = planIn('Asia/Kolkata', '2026-11-27T23:59');
    expect(startIn('Asia/Dubai', planned)).toBe(planned.at + 90 * 60_000);
  });

  it('never starts before its moment, nor while a wall in any zone shows less', () => {
    const minutes = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), minutes, (home, away, minute) => {
        const wall = new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString().slice(0, 16);
        const planned = planIn(home, wall);
        const start = startIn(away, planned);
        expect(start).toBeGreaterThanOrEqual(planned.at);
        expect(systemLocalTime.wallAt(start) >= planned.wall).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of a wait is the moment of its end, in every zone', () => {
    process.env.TZ = 'Asia/Kolkata';
    const planned = planWait(10, systemLocalTime, NOW);
    expect(planned).toMatchObject({ at: NOW + 10_000, wall: '2026-11-27T17:30', waitSeconds: 10 });
    expect(startIn('America/New_York', planned)).toBe(NOW + 10_000);
  });
});

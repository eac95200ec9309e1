import { describe, expect, it } from 'vitest';
import { KOLKATA } from '../../tests/fixtures/local-time.ts';
import { firstStart, quickStarts } from './quick-starts.ts';

const at = (wall: string) => KOLKATA.instantOf(wall);
const walls = (wall: string) => quickStarts(KOLKATA, at(wall)).map((start) => start.wall);

describe('the times to choose', () => {
  it('are in an hour, at the end of the day, and at the start of the next month', () => {
    expect(walls('2026-11-27T21:10')).toEqual(['2026-11-27T22:10', '2026-11-27T23:59', '2026-12-01T00:05']);
    expect(walls('2026-12-31T10:00')).toEqual(['2026-12-31T11:00', '2026-12-31T23:59', '2027-01-01T00:05']);
  });

  it('leave out a time that has passed', () => {
    expect(walls('2026-11-27T23:59')).toEqual(['2026-11-28T00:59', '2026-12-01T00:05']);
  });

  it('begin with the end of the day, or in an hour if the day is over', () => {
    expect(firstStart(KOLKATA, at('2026-11-27T21:10'))).toBe('2026-11-27T23:59');
    expect(firstStart(KOLKATA, at('2026-11-27T23:59'))).toBe('2026-11-28T00:59');
  });
});

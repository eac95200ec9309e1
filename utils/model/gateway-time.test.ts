import { describe, expect, it } from 'vitest';
import { readZonelessTime } from './gateway-time.ts';

describe('a date-time without a zone', () => {
  it.each([
    ['2026-12-18T11:00:36', '2026-12-18T11:00', 'seconds'],
    ['2026-12-18 11:00:36.0', '2026-12-18T11:00', 'seconds'],
    ['2026-12-18 11:00', '2026-12-18T11:00', 'minutes'],
    ['2026-12-18', '2026-12-18T00:00', 'day'],
  ])('is read as it is: %s', (text, wall, has) => {
    expect(readZonelessTime(text)).toMatchObject({ wall, has });
  });

  it.each([
    '2026-02-31',
    '2026-12-18T25:00',
    '2026-12-18T11:00Z',
    '2026-12-18T11:00+05:30',
    '18/12/2026',
    '',
    1,
  ])('is nothing else: %j', (value) => {
    expect(readZonelessTime(value)).toBeUndefined();
  });
});

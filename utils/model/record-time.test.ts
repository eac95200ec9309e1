import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBeforePlanned, readRecordTime, sortKeyOf } from './record-time.ts';

const AT = Date.UTC(2026, 11, 18, 5, 30, 36);

describe('a time of a record', () => {
  it.each([
    ['2026-12-18T05:30:36Z', AT],
    ['2026-12-18T11:00:36+05:30', AT],
    ['2026-12-18 11:00:36 +0530', AT],
    ['2026-12-18T05:30:36.250z', AT + 250],
    ['2026-12-18T05:30:36.123456789+00', AT + 123],
    ['2026-12-18T00:30:36-05:00', AT],
    [' 2026-12-18T05:30Z ', AT - 36_000],
  ])('with a zone is a moment: %s', (text, at) => {
    expect(readRecordTime(text)).toEqual({ at });
  });

  it.each([
    ['2026-12-18T11:00:36', '2026-12-18T11:00:36'],
    ['2026-12-18 11:00:36.123', '2026-12-18T11:00:36'],
    ['2026-12-18 11:00', '2026-12-18T11:00:00'],
    ['2026-12-18', '2026-12-18'],
  ])('without a zone is never converted: %s', (text, wall) => {
    expect(readRecordTime(text)).toEqual({ wall });
  });

  it.each([
    '',
    'never',
    '18/12/2026',
    '12-18-2026',
    '2026-02-30T10:00:00',
    '2026-12-18T24:01:00',
    '2026-12-18T10:60:00Z',
    '2026-12-18T10:00:00+19:00',
    '2026-12-18T10:00:00 IST',
    '1796535036000',
    1_796_535_036_000,
    undefined,
    null,
    {},
  ])('is not guessed from %j', (value) => {
    expect(readRecordTime(value)).toBeUndefined();
  });

  it('is the moment of every date-time that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 0, 1)), noInvalidDate: true }),
        (date) => {
          expect(readRecordTime(date.toISOString())).toEqual({ at: date.getTime() });
          expect(readRecordTime(date.toISOString().slice(0, 19))).toEqual({
            wall: date.toISOString().slice(0, 19),
          });
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readRecordTime(text)));
  });

  it('sorts by time', () => {
    const texts = ['2026-12-18T11:00:37', '2026-12-17', '2026-12-18T05:30:36Z', '2026-12-18 11:00:36'];
    const times = texts.map(readRecordTime).filter((time) => time !== undefined);
    const sorted = times.sort((a, b) => sortKeyOf(a) - sortKeyOf(b));
    expect(sorted).toEqual([
      { wall: '2026-12-17' },
      { at: AT },
      { wall: '2026-12-18T11:00:36' },
      { wall: '2026-12-18T11:00:37' },
    ]);
  });
});

describe('a time of a record beside a planned time', () => {
  const planned = { at: Date.UTC(2026, 11, 18, 18, 29), wall: '2026-12-18T23:59', zone: 'Asia/Kolkata' };

  it.each([
    [{ at: planned.at - 1 }, true],
    [{ at: planned.at }, false],
    [{ wall: '2026-12-18T23:58:59' }, true],
    [{ wall: '2026-12-18T23:59:00' }, false],
    [{ wall: '2026-12-17' }, true],
    [{ wall: '2026-12-18' }, false],
  ])('%j comes before it: %s', (time, isBefore) => {
    expect(isBeforePlanned(time, planned)).toBe(isBefore);
  });
});

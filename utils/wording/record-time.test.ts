import { afterEach, describe, expect, it } from 'vitest';
import { recordTimeText } from './record-time.ts';

const HOME = process.env.TZ;

afterEach(() => {
  if (HOME === undefined) delete process.env.TZ;
  else process.env.TZ = HOME;
});

describe('the text of a record’s time', () => {
  it.each(['Asia/Kolkata', 'America/New_York', 'UTC'])('without a zone is as it came, also in %s', (zone) => {
    process.env.TZ = zone;
    expect(recordTimeText('2026-12-18T11:00:36')).toEqual({
      text: '18 Dec 2026, 11:00:36',
      raw: '2026-12-18T11:00:36',
    });
    expect(recordTimeText('2026-12-18 23:05:00').text).toBe('18 Dec 2026, 23:05:00');
    expect(recordTimeText('2026-12-18').text).toBe('18 Dec 2026');
  });

  it('with a zone is in the zone of the computer, with its raw form', () => {
    const { text, raw } = recordTimeText('2026-12-18T05:30:36Z');
    expect(text).toMatch(/^18 Dec 2026, /);
    expect(raw).toBe('2026-12-18T05:30:36Z');
  });

  it.each(['soon', 1_796_535_036_000, '18/12/2026'])('that is no time is unchanged: %j', (value) => {
    expect(recordTimeText(value)).toEqual({ text: String(value) });
  });

  it('names invisible characters', () => {
    expect(recordTimeText('soon\u202e').text).toBe('soon‹U+202E›');
  });
});

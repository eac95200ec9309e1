import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('A48 numbers that a double would change', () => {
  it.each([
    ['1234567890123456789', '1234567890123456789'],
    ['-9007199254740993', '-9007199254740993'],
    ['12345678901234567.89', '12345678901234567.89'],
    ['9007199254740991', 9007199254740991],
    ['1000000000000000', 1000000000000000],
    ['99.99600000000000', 99.996],
    ['0.1', 0.1],
    ['500', 500],
  ])('%s is read as %j', (source, read) => {
    expect(parseJson(`{"a":[${source}],"b":"1234567890123456"}`)).toEqual({
      a: [read],
      b: '1234567890123456',
    });
  });

  it('reads every other JSON as JSON.parse does, and other texts as undefined', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseJson(text)).replaceAll('"', '')).toBe(
          JSON.stringify(JSON.parse(text)).replaceAll('"', ''),
        );
      }),
    );
    expect([parseJson(''), parseJson('{"a'), parseJson('<html>')]).toEqual([undefined, undefined, undefined]);
  });
});

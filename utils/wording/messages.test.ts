import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const source = ['components', 'entrypoints', 'utils', 'wxt.config.ts']
  .flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' }).map((file) =>
          join(place, file),
        ),
  )
  .filter((file) => /\.(?:tsx?|html)$/.test(file) && !file.includes('.test.'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');
const keys = Object.entries(messages as Record<string, { message: string }>);

/** The argument of `plural` for one of a pair of messages. */
const stemOf = (key: string) => key.replace(/(?:One|Other)$/, '');
const isOfPair = (key: string) =>
  key !== stemOf(key) && ['One', 'Other'].every((form) => stemOf(key) + form in messages);

/** The number of arguments of each call in the source. */
function argumentCounts(call: string): number[] {
  return [...source.matchAll(new RegExp(`\\b${call}`, 'g'))].map(({ index, 0: start }) => {
    let depth = 1;
    let count = 0;
    let filled = false;
    for (const character of source.slice(index + start.length)) {
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) depth -= 1;
      if (depth === 0) break;
      if (depth === 1 && character === ',') {
        count += 1;
        filled = false;
      } else if (character.trim() !== '') filled = true;
    }
    return filled || count === 0 ? count : count - 1;
  });
}

/** The distinct numbers of the placeholders, sorted. */
const placeholdersOf = (message: string) =>
  [...new Set([...message.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)))].sort();

/** The keys of the messages for which `isWrong` is true. */
const offenders = (isWrong: (key: string, message: string) => boolean) =>
  keys.filter(([key, { message }]) => isWrong(key, message)).map(([key]) => key);

describe('every message', () => {
  it('is read from a file with several hundred', () => {
    expect(keys.length).toBeGreaterThan(500);
  });

  it('has a text without white space around it', () => {
    expect(offenders((_, message) => message.trim() === '' || message !== message.trim())).toEqual([]);
  });

  it('is used in the source', () => {
    const isUnused = (key: string) => {
      const name = isOfPair(key) ? stemOf(key) : key;
      return !source.includes(`'${name}'`) && !source.includes(`__MSG_${name}__`);
    };
    expect(offenders(isUnused)).toEqual([]);
  });

  it('numbers its placeholders from 1 without a gap', () => {
    expect(
      offenders((_, message) => placeholdersOf(message).some((digit, index) => digit !== index + 1)),
    ).toEqual([]);
  });

  it('has one placeholder per argument in the source', () => {
    const isMiscalled = (key: string, message: string) => {
      const call = isOfPair(key) ? `plural\\(\\s*'${stemOf(key)}'` : `t\\(\\s*'${key}'`;
      // The count is an argument even if it only selects the form.
      const least = isOfPair(key) ? 1 : 0;
      const expected = Math.max(least, placeholdersOf(message).length);
      return argumentCounts(call).some((count) => count !== expected);
    };
    expect(offenders(isMiscalled)).toEqual([]);
  });
});

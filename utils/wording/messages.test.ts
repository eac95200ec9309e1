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

/** What `plural` is given for one of a pair of messages. */
const pairOf = (key: string) => key.replace(/(?:One|Other)$/, '');
const isOfPair = (key: string) =>
  key !== pairOf(key) && ['One', 'Other'].every((form) => pairOf(key) + form in messages);

/** The numbers of arguments with which a key is used, by the source itself. */
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

describe('every message', () => {
  it.each(keys)('%s has a text', (_, { message }) => {
    expect(message.trim()).not.toBe('');
    expect(message).toBe(message.trim());
  });

  it.each(keys)('%s is used', (key) => {
    const name = isOfPair(key) ? pairOf(key) : key;
    expect(source.includes(`'${name}'`) || source.includes(`__MSG_${name}__`)).toBe(true);
  });

  it.each(keys)('%s has a placeholder for each of its arguments', (key, { message }) => {
    const wanted = new Set([...message.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
    expect([...wanted].sort()).toEqual(Array.from({ length: wanted.size }, (_, index) => index + 1));
    const call = isOfPair(key) ? `plural\\(\\s*'${pairOf(key)}'` : `t\\(\\s*'${key}'`;
    // The number is given where it only chooses the text, too.
    const least = isOfPair(key) ? 1 : 0;
    for (const count of argumentCounts(call)) expect(count).toBe(Math.max(least, wanted.size));
  });
});

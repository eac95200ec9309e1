import { parseInput } from '../../../utils/qr-code-id/parse-entry.ts';
import { readList } from '../../../utils/qr-code-id/read-list.ts';
import { createRandom, type Random } from '../random.ts';

const LINES = 10_000;
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Ways of splitting a list. Each returns the number of different ids, or of lines. */
const WAYS = {
  find: (text: string) => {
    const entry = parseInput(text);
    return entry.kind === 'several' ? entry.ids.length : 0;
  },
  list: (text: string) => {
    const list = readList({ text });
    return list.ok ? list.ids.length : 0;
  },
  'split once': (text: string) => new Set(text.split(/[\s,;|]+/)).size,
  split: (text: string) => text.split('\n').length,
};

export type Way = keyof typeof WAYS;

const random = createRandom(Date.now());

function makeId(from: Random): string {
  let id = 'QR26';
  for (let sign = 0; sign < 10; sign += 1) id += SIGNS.charAt(Math.floor(from() * SIGNS.length));
  return id;
}

/** A new flat string, as from a clipboard, so that the engine has no cached parts. */
function makeList(): string {
  const text = Array.from({ length: LINES }, () => makeId(random)).join('\n');
  return structuredClone(text);
}

/** Milliseconds for one list. Fast ways need several lists, because a page's clock has a resolution of 0.1 ms. */
function measureWay(way: Way, lists: number): number {
  const texts = Array.from({ length: lists }, makeList);
  const start = performance.now();
  let found = 0;
  for (const text of texts) found += WAYS[way](text);
  const duration = performance.now() - start;
  if (found !== LINES * lists) throw new Error(`${way} found ${found / lists} of ${LINES}`);
  return duration / lists;
}

Object.assign(globalThis, { measureWay });

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPageCursor } from './page-cursor.ts';
import type { PageIds, PageRequest } from './page-request.ts';

const OPTIONS = { firstLimit: 8, maxLimit: 64, minLimit: 2 };

/** How a gateway may number its pages. */
const DIALECTS = ['codes', 'pages-from-0', 'pages-from-1', 'pages-from-1-strict', 'rounded-down'] as const;
type Dialect = (typeof DIALECTS)[number];

interface Gateway {
  dialect: Dialect;
  /** The most codes on a page, whatever `limit` says. */
  cap: number;
  list: string[];
}

/** The page that such a gateway gives. */
function pageOf({ dialect, cap, list }: Gateway, { offset, limit }: PageRequest): string[] {
  const size = Math.min(cap, limit);
  const from = {
    codes: offset,
    'pages-from-0': offset * limit,
    'pages-from-1': Math.max(0, offset - 1) * limit,
    'pages-from-1-strict': offset === 0 ? list.length : (offset - 1) * limit,
    'rounded-down': Math.floor(offset / limit) * limit,
  }[dialect];
  return list.slice(from, from + size);
}

const listOf = (count: number) => Array.from({ length: count }, (_, index) => `QR${1_000 + index}`);

/** Reads as the cursor says; `meanwhile` may change the list between two calls. */
function read(gateway: Gateway, meanwhile: (asked: number) => void = () => undefined) {
  const cursor = createPageCursor(OPTIONS);
  const seen = new Set<string>();
  const asked: PageRequest[] = [];
  for (let request = cursor.next(); request; request = cursor.next()) {
    asked.push(request);
    expect(request.limit).toBeGreaterThan(0);
    expect(request.limit).toBeLessThanOrEqual(OPTIONS.maxLimit);
    expect(asked.length).toBeLessThan(3_000);
    const page = pageOf(gateway, request);
    for (const id of page) seen.add(id);
    cursor.add(page);
    meanwhile(asked.length);
  }
  return { seen, asked, end: cursor.end() };
}

const dialect = fc.constantFrom(...DIALECTS);
const cap = fc.oneof(fc.constant(5_000), fc.integer({ min: 1, max: 20 }));
const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 300 }));

describe('a list that stands still', () => {
  it('is read whole, and known to be, however its pages are numbered and capped', () => {
    fc.assert(
      fc.property(dialect, cap, count, (dialect, cap, count) => {
        const gateway = { dialect, cap, list: listOf(count) };
        const { seen, end } = read(gateway);
        // A page of two codes rounded down can't be told from pages that count from 1, so there it is not known.
        if (dialect !== 'rounded-down' || cap > 2) expect(end).toBe('all');
        if (end === 'all') expect([...seen].sort()).toEqual(gateway.list);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[Dialect, PageRequest[]]>([
    [
      'codes',
      [
        { offset: 0, limit: 8 },
        { offset: 7, limit: 16 },
        { offset: 19, limit: 32 },
      ],
    ],
    [
      'pages-from-0',
      [
        { offset: 0, limit: 8 },
        { offset: 7, limit: 16 },
        { offset: 1, limit: 8 },
        { offset: 2, limit: 8 },
        { offset: 3, limit: 8 },
        { offset: 0, limit: 64 },
        { offset: 1, limit: 20 },
      ],
    ],
  ])('of 20 codes takes few calls where offset counts %s', (dialect, calls) => {
    expect(read({ dialect, cap: 5_000, list: listOf(20) }).asked).toEqual(calls);
  });

  it.each([0, 1, 2, 8, 9])('of %i codes is known to be whole where the gateway counts codes', (count) => {
    const { asked, end, seen } = read({ dialect: 'codes', cap: 5_000, list: listOf(count) });
    expect([end, seen.size]).toEqual(['all', count]);
    expect(asked.length).toBeLessThanOrEqual(3);
  });
});

describe('a list that changes while it is read', () => {
  const changes = fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 12 }),
      at: fc.nat(299),
      many: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 6 },
  );

  it('is never called whole while a code that was there all along is missing', () => {
    fc.assert(
      fc.property(dialect, cap, count, changes, (dialect, cap, count, changes) => {
        const gateway = { dialect, cap, list: listOf(count) };
        const { seen, end } = read(gateway, (asked) => {
          for (const { after, at, many } of changes)
            if (after === asked) gateway.list = gateway.list.toSpliced(at % (gateway.list.length + 1), many);
        });
        const missing = gateway.list.filter((id) => !seen.has(id));
        if (end === 'all') expect(missing).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read whole where codes are counted, and those that go are at its start', () => {
    fc.assert(
      fc.property(
        cap.filter((most) => most > 2),
        fc.integer({ min: 30, max: 300 }),
        changes,
        (cap, count, changes) => {
          const gateway: Gateway = { dialect: 'codes', cap, list: listOf(count) };
          const { seen, end } = read(gateway, (asked) => {
            for (const { after } of changes) if (after + 1 === asked) gateway.list = gateway.list.slice(1);
          });
          expect(end).toBe('all');
          expect(gateway.list.filter((id) => !seen.has(id))).toEqual([]);
        },
      ),
    );
  });

  it('that grows at its start is read whole as it was', () => {
    fc.assert(
      fc.property(
        cap.filter((most) => most > 2),
        count,
        changes,
        (cap, count, changes) => {
          const gateway: Gateway = { dialect: 'codes', cap, list: listOf(count) };
          const { seen, end } = read(gateway, (asked) => {
            for (const { after, many } of changes)
              if (after === asked)
                gateway.list = [...listOf(many).map((id) => `NEW${asked}${id}`), ...gateway.list];
          });
          if (end === 'all') for (const id of listOf(count)) expect(seen.has(id)).toBe(true);
        },
      ),
    );
  });
});

describe('a gateway that can’t be made out', () => {
  it.each<[string, (request: PageRequest) => PageIds]>([
    ['gives the same page for every offset', () => listOf(8)],
    ['gives a short page again for every offset', () => listOf(3)],
    ['gives entries without an id', () => [undefined, undefined]],
    ['gives other codes each time', ({ offset }) => [`QR${Math.random()}`, `QR${offset}${Math.random()}`]],
  ])('and %s is not said to have given all', (_, give) => {
    const cursor = createPageCursor(OPTIONS);
    let calls = 0;
    for (let request = cursor.next(); request && calls < 200; request = cursor.next(), calls += 1)
      cursor.add(give(request));
    expect(cursor.end()).not.toBe('all');
  });

  it('but gives more than was asked for, and that for every offset, has given all', () => {
    const cursor = createPageCursor(OPTIONS);
    while (cursor.next()) cursor.add(listOf(70));
    expect(cursor.end()).toBe('all');
  });
});

describe('entries without an id', () => {
  it('are passed over, wherever they are', () => {
    fc.assert(
      fc.property(
        cap.filter((most) => most > 6),
        fc.array(fc.boolean(), { maxLength: 60 }),
        (cap, has) => {
          const list = has.map((hasId, index) => (hasId ? `QR${1_000 + index}` : undefined));
          const cursor = createPageCursor(OPTIONS);
          const seen = new Set<string | undefined>();
          for (let request = cursor.next(); request; request = cursor.next()) {
            const page = list.slice(request.offset, request.offset + Math.min(cap, request.limit));
            for (const id of page) seen.add(id);
            cursor.add(page);
          }
          if (cursor.end() === 'all') expect(list.filter((id) => !seen.has(id))).toEqual([]);
        },
      ),
    );
  });

  it('at the end of the list leave it known to be whole', () => {
    const cursor = createPageCursor(OPTIONS);
    const list = ['QR1', 'QR2', undefined, undefined];
    while (cursor.next()) cursor.add(list.slice(cursor.next()?.offset));
    expect(cursor.end()).toBe('all');
  });
});

describe('a refusal', () => {
  it('of the first page, or of one that has to be there, is not got round', () => {
    const cursor = createPageCursor(OPTIONS);
    expect(cursor.refuse()).toBe(false);
    cursor.add(listOf(8));
    cursor.add(listOf(20).slice(7));
    expect(cursor.refuse()).toBe(true);
    expect(cursor.refuse()).toBe(false);
  });

  it('of larger pages leads back to the size that was accepted', () => {
    const cursor = createPageCursor(OPTIONS);
    cursor.add(listOf(8));
    expect(cursor.next()).toEqual({ offset: 7, limit: 16 });
    expect(cursor.refuse()).toBe(true);
    expect(cursor.next()).toEqual({ offset: 7, limit: 8 });
  });

  it('of every offset but the first is no proof of an end', () => {
    const cursor = createPageCursor(OPTIONS);
    cursor.add(listOf(5));
    while (cursor.next()) expect(cursor.refuse()).toBe(true);
    expect(cursor.end()).toBe('unsure');
  });

  it('of an offset that is no page leaves pages known by the others', () => {
    const gateway: Gateway = { dialect: 'pages-from-0', cap: 5_000, list: listOf(20) };
    const cursor = createPageCursor(OPTIONS);
    for (let request = cursor.next(); request; request = cursor.next())
      if (request.offset > 6) cursor.refuse();
      else cursor.add(pageOf(gateway, request));
    expect(cursor.end()).toBe('all');
  });
});

describe('a page that is too large', () => {
  it('is asked for smaller, whenever it is, and no code is left out', () => {
    fc.assert(
      fc.property(dialect, count, fc.uniqueArray(fc.nat(12), { maxLength: 4 }), (dialect, count, failing) => {
        const gateway = { dialect, cap: 5_000, list: listOf(count) };
        const cursor = createPageCursor(OPTIONS);
        const seen = new Set<string>();
        let calls = 0;
        for (let request = cursor.next(); request; request = cursor.next()) {
          calls += 1;
          if (failing.includes(calls) && cursor.shrink()) continue;
          const page = pageOf(gateway, request);
          for (const id of page) seen.add(id);
          cursor.add(page);
        }
        if (cursor.end() === 'all') expect([...seen].sort()).toEqual(gateway.list);
        else expect(dialect).not.toBe('codes');
      }),
      { numRuns: 1_000 },
    );
  });

  it('can’t be had smaller than the least', () => {
    const cursor = createPageCursor(OPTIONS);
    expect([cursor.shrink(), cursor.shrink(), cursor.shrink()]).toEqual([true, true, false]);
    expect(cursor.next()).toEqual({ offset: 0, limit: 2 });
  });
});

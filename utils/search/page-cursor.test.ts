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
  /** The maximum of codes on a page, regardless of `limit`. */
  cap: number;
  list: string[];
}

/** The page that such a gateway returns. */
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

/** Makes the cursor's calls until its end; `betweenCalls` may change the list after each of them. */
function read(gateway: Gateway, betweenCalls: (calls: number) => void = () => undefined) {
  const cursor = createPageCursor(OPTIONS);
  const seen = new Set<string>();
  const requests: PageRequest[] = [];
  for (let request = cursor.next(); request; request = cursor.next()) {
    requests.push(request);
    expect(request.limit).toBeGreaterThan(0);
    expect(request.limit).toBeLessThanOrEqual(OPTIONS.maxLimit);
    expect(requests.length).toBeLessThan(3_000);
    const page = pageOf(gateway, request);
    for (const id of page) seen.add(id);
    cursor.add(page);
    betweenCalls(requests.length);
  }
  return { seen, requests, end: cursor.end() };
}

const dialect = fc.constantFrom(...DIALECTS);
const cap = fc.oneof(fc.constant(5_000), fc.integer({ min: 1, max: 20 }));
const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 300 }));

describe('a list that does not change', () => {
  it('is read completely and reported complete, however its pages are numbered and capped', () => {
    fc.assert(
      fc.property(dialect, cap, count, (dialect, cap, count) => {
        const gateway = { dialect, cap, list: listOf(count) };
        const { seen, end } = read(gateway);
        // Pages of two codes with rounded offsets look like pages that count from 1, so the end stays unsure.
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
  ])('of 20 codes takes few calls if offset counts %s', (dialect, calls) => {
    expect(read({ dialect, cap: 5_000, list: listOf(20) }).requests).toEqual(calls);
  });

  it.each([0, 1, 2, 8, 9])('of %i codes is reported complete if the gateway counts codes', (count) => {
    const { requests, end, seen } = read({ dialect: 'codes', cap: 5_000, list: listOf(count) });
    expect([end, seen.size]).toEqual(['all', count]);
    expect(requests.length).toBeLessThanOrEqual(3);
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

  it('is never reported complete while a code of it is missing', () => {
    fc.assert(
      fc.property(dialect, cap, count, changes, (dialect, cap, count, changes) => {
        const gateway = { dialect, cap, list: listOf(count) };
        const { seen, end } = read(gateway, (calls) => {
          for (const { after, at, many } of changes)
            if (after === calls) gateway.list = gateway.list.toSpliced(at % (gateway.list.length + 1), many);
        });
        const missing = gateway.list.filter((id) => !seen.has(id));
        if (end === 'all') expect(missing).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read completely if offset counts codes and codes are removed at its start', () => {
    fc.assert(
      fc.property(
        cap.filter((most) => most > 2),
        fc.integer({ min: 30, max: 300 }),
        changes,
        (cap, count, changes) => {
          const gateway: Gateway = { dialect: 'codes', cap, list: listOf(count) };
          const { seen, end } = read(gateway, (calls) => {
            for (const { after } of changes) if (after + 1 === calls) gateway.list = gateway.list.slice(1);
          });
          expect(end).toBe('all');
          expect(gateway.list.filter((id) => !seen.has(id))).toEqual([]);
        },
      ),
    );
  });

  it('is read with all its first codes if it grows at its start', () => {
    fc.assert(
      fc.property(
        cap.filter((most) => most > 2),
        count,
        changes,
        (cap, count, changes) => {
          const gateway: Gateway = { dialect: 'codes', cap, list: listOf(count) };
          const { seen, end } = read(gateway, (calls) => {
            for (const { after, many } of changes)
              if (after === calls)
                gateway.list = [...listOf(many).map((id) => `NEW${calls}${id}`), ...gateway.list];
          });
          if (end === 'all') for (const id of listOf(count)) expect(seen.has(id)).toBe(true);
        },
      ),
    );
  });
});

describe('a gateway of unknown numbering', () => {
  it.each<[string, (request: PageRequest) => PageIds]>([
    ['the same page for every offset', () => listOf(8)],
    ['the same short page for every offset', () => listOf(3)],
    ['entries without an id', () => [undefined, undefined]],
    ['other codes each time', ({ offset }) => [`QR${Math.random()}`, `QR${offset}${Math.random()}`]],
  ])('never gives a complete list if it returns %s', (_, give) => {
    const cursor = createPageCursor(OPTIONS);
    let calls = 0;
    for (let request = cursor.next(); request && calls < 200; request = cursor.next(), calls += 1)
      cursor.add(give(request));
    expect(cursor.end()).not.toBe('all');
  });

  it('gives a complete list if it returns more than the limit, and the same for every offset', () => {
    const cursor = createPageCursor(OPTIONS);
    while (cursor.next()) cursor.add(listOf(70));
    expect(cursor.end()).toBe('all');
  });
});

describe('entries without an id', () => {
  it('are skipped at any position', () => {
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

  it('may end a list that is reported complete', () => {
    const cursor = createPageCursor(OPTIONS);
    const list = ['QR1', 'QR2', undefined, undefined];
    while (cursor.next()) cursor.add(list.slice(cursor.next()?.offset));
    expect(cursor.end()).toBe('all');
  });
});

describe('a refusal', () => {
  it('of the first page, or of a page after a known anchor, leaves no other call', () => {
    const cursor = createPageCursor(OPTIONS);
    expect(cursor.refuse()).toBe(false);
    cursor.add(listOf(8));
    cursor.add(listOf(20).slice(7));
    expect(cursor.refuse()).toBe(true);
    expect(cursor.refuse()).toBe(false);
  });

  it('of a larger page leads back to the accepted size', () => {
    const cursor = createPageCursor(OPTIONS);
    cursor.add(listOf(8));
    expect(cursor.next()).toEqual({ offset: 7, limit: 16 });
    expect(cursor.refuse()).toBe(true);
    expect(cursor.next()).toEqual({ offset: 7, limit: 8 });
  });

  it('of every offset but the first leaves the end unsure', () => {
    const cursor = createPageCursor(OPTIONS);
    cursor.add(listOf(5));
    while (cursor.next()) expect(cursor.refuse()).toBe(true);
    expect(cursor.end()).toBe('unsure');
  });

  it('of an offset that is no page does not stop a gateway that counts pages', () => {
    const gateway: Gateway = { dialect: 'pages-from-0', cap: 5_000, list: listOf(20) };
    const cursor = createPageCursor(OPTIONS);
    for (let request = cursor.next(); request; request = cursor.next())
      if (request.offset > 6) cursor.refuse();
      else cursor.add(pageOf(gateway, request));
    expect(cursor.end()).toBe('all');
  });
});

describe('a page that is too large', () => {
  it('is requested again with a lower limit, and no code is left out', () => {
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

  it('is never requested below the lowest limit', () => {
    const cursor = createPageCursor(OPTIONS);
    expect([cursor.shrink(), cursor.shrink(), cursor.shrink()]).toEqual([true, true, false]);
    expect(cursor.next()).toEqual({ offset: 0, limit: 2 });
  });
});

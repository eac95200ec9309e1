import { MAX_PAGE, type SearchHit, type SearchPage } from '../enkash/search.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { FILTER_NAMES, type FilterName, failedFilters, matches, type SearchFilters } from './filters.ts';
import { expectedFilters, FIRST_WAYS, type FilterWays, refusedFilters } from './gateway-filters.ts';
import { createPageCursor, type PageIds, type PageRequest } from './page-cursor.ts';

/** More codes than this are not collected: a page that holds them all has to stay quick. */
export const MAX_COLLECTED = 200_000;

/** The first page is soon there, and enough for most searches; smaller ones than the least are not tried. */
const LIMITS = { firstLimit: 500, maxLimit: MAX_PAGE, minLimit: 50 };

/** What the pages of a search have come to. */
export interface SearchResults {
  /** Every code that matches, once, in the order in which it came. */
  rows: readonly SearchHit[];
  /** Different codes the gateway gave, whether they match or not. */
  seen: number;
  /** Filters that were sent and that at least one code given did not pass. */
  ignored: readonly FilterName[];
  /** Filters that the gateway refused, so that they were applied to what it gave without them. */
  refused: readonly FilterName[];
  /** Different codes that a filter which was sent ought to have kept away. */
  strays: number;
  /** Entries that came a second time on the page after, as where the list grows while it is read. */
  repeated: number;
  /** Entries without an id that could be used. */
  unreadable: number;
  /** How many codes there are, where the gateway says so. It may mean those of one page. */
  total?: number | undefined;
  /**
   * Whether there may be more: `all` where it was seen that there are none, `unsure` where the pages don't tell or the
   * total says more, `full` where there are too many to be collected.
   */
  end: 'more' | 'all' | 'unsure' | 'full';
}

export interface ResultCollector {
  /** The next call to make; nothing at the end. */
  next(): PageRequest | undefined;
  /** Takes the page that `next` asked for. */
  add(page: SearchPage): void;
  /** Takes a refusal of the call that `next` gave; answers whether there is another to make. */
  refuse(): boolean;
  /** Asks for smaller pages from now on; answers whether there are any. */
  shrink(): boolean;
  /** How filters are sent. */
  ways(): FilterWays;
  /** Begins the pages again with filters sent another way. Codes that match stay. */
  restart(ways: FilterWays): void;
  collection(): SearchResults;
}

/** What is known of the pages since they were begun. */
function newReading() {
  return {
    cursor: createPageCursor(LIMITS),
    uniqueCount: new Set<string>(),
    filterMismatches: new Set<string>(),
    ignored: new Set<FilterName>(),
    /** The ids of the page before. */
    before: new Set<string>(),
    /** Where in the list entries without an id are, and ids that can't be used. */
    unreadable: new Set<number | string>(),
    repeated: 0,
    total: undefined as number | undefined,
  };
}

/** Collects the pages of one search. Where a code comes again, what was said of it last counts. */
export function createCollector(filters: SearchFilters, firstWays: FilterWays = FIRST_WAYS): ResultCollector {
  const matching = new Map<string, SearchHit>();
  let ways = firstWays;
  let expected = expectedFilters(filters, ways);
  let reading = newReading();

  function addHit(code: SearchHit): void {
    const { qrCodeId } = code;
    const { uniqueCount, filterMismatches, ignored } = reading;
    if (uniqueCount.size >= MAX_COLLECTED && !uniqueCount.has(qrCodeId)) return;
    uniqueCount.add(qrCodeId);
    if (matches(code, filters)) matching.set(qrCodeId, code);
    else matching.delete(qrCodeId);
    for (const name of failedFilters(code, expected)) {
      ignored.add(name);
      filterMismatches.add(qrCodeId);
    }
  }

  /** Entries of the page before that come again, but for the one that pages are to have in common. */
  function countRepeated(page: SearchPage): number {
    const again = page.qrCodes.filter(({ qrCodeId }) => reading.before.has(qrCodeId)).length;
    reading.before = new Set(page.qrCodes.map(({ qrCodeId }) => qrCodeId));
    return Math.max(0, again - 1);
  }

  function end(): SearchResults['end'] {
    const { cursor, uniqueCount, unreadable, total = 0 } = reading;
    if (uniqueCount.size >= MAX_COLLECTED) return 'full';
    const how = cursor.end();
    return how === 'all' && total > uniqueCount.size + unreadable.size ? 'unsure' : how;
  }

  return {
    next: () => (end() === 'more' ? reading.cursor.next() : undefined),
    add(page) {
      const { cursor, unreadable } = reading;
      const asked = cursor.next();
      for (const code of page.qrCodes)
        if (isQrCodeId(code.qrCodeId)) addHit(code);
        else unreadable.add(code.qrCodeId);
      for (const at of page.withoutId ?? []) unreadable.add((asked?.offset ?? 0) + at);
      if (cursor.isFollowing()) reading.repeated += countRepeated(page);
      reading.total = page.total ?? reading.total;
      cursor.add(idsOf(page));
    },
    refuse: () => reading.cursor.refuse(),
    shrink: () => reading.cursor.shrink(),
    ways: () => ways,
    restart(other) {
      ways = other;
      expected = expectedFilters(filters, ways);
      reading = newReading();
    },
    collection: () => ({
      rows: [...matching.values()],
      seen: reading.uniqueCount.size,
      ignored: FILTER_NAMES.filter((name) => reading.ignored.has(name)),
      refused: refusedFilters(filters, ways),
      strays: reading.filterMismatches.size,
      repeated: reading.repeated,
      unreadable: reading.unreadable.size,
      total: reading.total,
      end: end(),
    }),
  };
}

/** The ids on a page, by entry. */
function idsOf({ qrCodes, received, withoutId = [] }: SearchPage): PageIds {
  const gaps = new Set(withoutId);
  let next = 0;
  return Array.from({ length: received }, (_, at) => (gaps.has(at) ? undefined : qrCodes[next++]?.qrCodeId));
}

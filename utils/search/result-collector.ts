import { MAX_PAGE, type SearchHit, type SearchPage } from '../enkash/search.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { FILTER_NAMES, type FilterName, failedFilters, matches, type SearchFilters } from './filters.ts';
import { expectedFilters, FIRST_WAYS, type FilterWays, refusedFilters } from './gateway-filters.ts';
import { createPageCursor, type PageCursorOptions } from './page-cursor.ts';
import type { PageIds, PageRequest } from './page-request.ts';

/** The most codes collected. The page that shows them has to stay quick. */
export const MAX_COLLECTED = 200_000;

/** The first page comes quickly and is enough for most searches. */
const LIMITS = { firstLimit: 500, maxLimit: MAX_PAGE, minLimit: 50 };

/** The result of the pages of a search so far. */
export interface SearchResults {
  /** Every code that matches, once, in the order in which it came. */
  rows: readonly SearchHit[];
  /** The number of different codes that the gateway returned, whether they match or not. */
  seen: number;
  /** Filters that were sent and that at least one returned code does not pass. */
  ignored: readonly FilterName[];
  /** Filters that the gateway refused, so that only this extension applied them. */
  refused: readonly FilterName[];
  /** The number of different codes that a sent filter should have excluded. */
  strays: number;
  /** The number of entries that came again on the next page, as if the list grows while it is read. */
  repeated: number;
  /** The number of entries without a valid id. */
  unreadable: number;
  /** The number of codes by the gateway's own count, if it gives one. It may be the number of one page. */
  total?: number | undefined;
  /**
   * Whether there may be more codes. `all`: the pages showed that there are no more. `unsure`: the pages don't show it, or
   * the total is higher. `full`: there are more than {@link MAX_COLLECTED}.
   */
  end: 'more' | 'all' | 'unsure' | 'full';
}

export interface ResultCollector {
  /** The next call; nothing at the end. */
  next(): PageRequest | undefined;
  /** Takes the page of the call of `next`. */
  add(page: SearchPage): void;
  /** Takes a refusal of the call of `next`. Returns whether another call remains. */
  refuse(): boolean;
  /** Requests smaller pages. Returns false if the limit is the lowest. */
  shrink(): boolean;
  /** How filters are sent. */
  ways(): FilterWays;
  /** Starts at the first page again with filters sent another way. Matching codes are kept. */
  restart(ways: FilterWays): void;
  collection(): SearchResults;
}

/** Creates a collector of the pages of one search. If a code comes again, its latest state counts. */
export function createCollector(
  filters: SearchFilters,
  firstWays: FilterWays = FIRST_WAYS,
  limits: PageCursorOptions = LIMITS,
): ResultCollector {
  return new Collector(filters, firstWays, limits);
}

/** The state of one reading of the pages. */
function newReading(limits: PageCursorOptions) {
  return {
    cursor: createPageCursor(limits),
    uniqueIds: new Set<string>(),
    filterMismatches: new Set<string>(),
    ignored: new Set<FilterName>(),
    /** The ids of the previous page. */
    previousIds: new Set<string>(),
    /** The positions of entries without an id, and the invalid ids. */
    unreadable: new Set<number | string>(),
    repeated: 0,
    total: undefined as number | undefined,
  };
}

class Collector implements ResultCollector {
  readonly #filters: SearchFilters;
  readonly #matching = new Map<string, SearchHit>();
  #ways: FilterWays;
  #expected: SearchFilters;
  readonly #limits: PageCursorOptions;
  #reading: ReturnType<typeof newReading>;

  constructor(filters: SearchFilters, ways: FilterWays, limits: PageCursorOptions) {
    this.#limits = limits;
    this.#reading = newReading(limits);
    this.#filters = filters;
    this.#ways = ways;
    this.#expected = expectedFilters(filters, ways);
  }

  next(): PageRequest | undefined {
    return this.#end() === 'more' ? this.#reading.cursor.next() : undefined;
  }

  add(page: SearchPage): void {
    const reading = this.#reading;
    const { cursor, unreadable } = reading;
    const request = cursor.next();
    for (const code of page.qrCodes)
      if (isQrCodeId(code.qrCodeId)) this.#addHit(code);
      else unreadable.add(code.qrCodeId);
    for (const at of page.withoutId ?? []) unreadable.add((request?.offset ?? 0) + at);
    if (cursor.isFollowing()) reading.repeated += this.#countRepeated(page);
    reading.total = page.total ?? reading.total;
    cursor.add(idsOf(page));
  }

  refuse(): boolean {
    return this.#reading.cursor.refuse();
  }

  shrink(): boolean {
    return this.#reading.cursor.shrink();
  }

  ways(): FilterWays {
    return this.#ways;
  }

  restart(ways: FilterWays): void {
    this.#ways = ways;
    this.#expected = expectedFilters(this.#filters, ways);
    this.#reading = newReading(this.#limits);
  }

  collection(): SearchResults {
    const { uniqueIds, ignored, filterMismatches, repeated, unreadable, total } = this.#reading;
    return {
      rows: [...this.#matching.values()],
      seen: uniqueIds.size,
      ignored: FILTER_NAMES.filter((name) => ignored.has(name)),
      refused: refusedFilters(this.#filters, this.#ways),
      strays: filterMismatches.size,
      repeated,
      unreadable: unreadable.size,
      total,
      end: this.#end(),
    };
  }

  #addHit(code: SearchHit): void {
    const { qrCodeId } = code;
    const { uniqueIds, filterMismatches, ignored } = this.#reading;
    if (uniqueIds.size >= MAX_COLLECTED && !uniqueIds.has(qrCodeId)) return;
    uniqueIds.add(qrCodeId);
    if (matches(code, this.#filters)) this.#matching.set(qrCodeId, code);
    else this.#matching.delete(qrCodeId);
    for (const name of failedFilters(code, this.#expected)) {
      ignored.add(name);
      filterMismatches.add(qrCodeId);
    }
  }

  /** Counts the entries of the previous page that come again, without the one that adjacent pages share. */
  #countRepeated(page: SearchPage): number {
    const { previousIds } = this.#reading;
    const again = page.qrCodes.filter(({ qrCodeId }) => previousIds.has(qrCodeId)).length;
    this.#reading.previousIds = new Set(page.qrCodes.map(({ qrCodeId }) => qrCodeId));
    return Math.max(0, again - 1);
  }

  #end(): SearchResults['end'] {
    const { cursor, uniqueIds, unreadable, total = 0 } = this.#reading;
    if (uniqueIds.size >= MAX_COLLECTED) return 'full';
    const end = cursor.end();
    return end === 'all' && total > uniqueIds.size + unreadable.size ? 'unsure' : end;
  }
}

/** The ids of a page, one for each entry. */
function idsOf({ qrCodes, received, withoutId = [] }: SearchPage): PageIds {
  const gaps = new Set(withoutId);
  let next = 0;
  return Array.from({ length: received }, (_, at) => (gaps.has(at) ? undefined : qrCodes[next++]?.qrCodeId));
}

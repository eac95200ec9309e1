import type { FoundCode, SearchPage } from '../enkash/search.ts';
import { isQrCodeId } from '../qr-code/id.ts';
import { type FilterName, failedFilters, matches, type SearchFilters } from './filters.ts';
import { expectedFilters } from './sent.ts';

/** More codes than this are not collected: a page that holds them all has to stay quick. */
export const MAX_COLLECTED = 100_000;

/** What the pages of a search have come to. */
export interface Collection {
  /** Every code that matches, once, in the order in which it came. */
  rows: readonly FoundCode[];
  /** Different codes the gateway gave, whether they match or not. */
  seen: number;
  /** Where the next page begins. */
  offset: number;
  /** Filters that were sent and that at least one code given did not pass. */
  ignored: readonly FilterName[];
  /** Different codes that a filter which was sent ought to have kept away. */
  strays: number;
  /** Entries that came a second time, as where pages overlap or the list shifts while it is read. */
  repeated: number;
  /** Entries without an id that could be used. */
  unreadable: number;
  /** How many codes there are, where the gateway says so. */
  total?: number | undefined;
  /** Whether there may be more: not after an empty page, one with nothing new, the last of `total`, or too many. */
  end: 'more' | 'all' | 'nothing-new' | 'full';
}

export interface Collector {
  /** Takes in a page that was asked for with this limit. */
  add(page: SearchPage, limit: number): void;
  collection(): Collection;
}

/** Collects the pages of one search. Where a code comes again, what was said of it last counts. */
export function createCollector(filters: SearchFilters): Collector {
  const expected = expectedFilters(filters);
  const seen = new Set<string>();
  const strays = new Set<string>();
  const matching = new Map<string, FoundCode>();
  const ignored = new Set<FilterName>();
  let offset = 0;
  let repeated = 0;
  let unreadable = 0;
  let total: number | undefined;
  let end: Collection['end'] = 'more';

  function take(code: FoundCode): void {
    const { qrCodeId } = code;
    if (seen.has(qrCodeId)) repeated += 1;
    seen.add(qrCodeId);
    if (matches(code, filters)) matching.set(qrCodeId, code);
    else matching.delete(qrCodeId);
    for (const name of failedFilters(code, expected)) {
      ignored.add(name);
      strays.add(qrCodeId);
    }
  }

  function endAfter({ received, total: told }: SearchPage, limit: number, before: number) {
    if (received === 0) return 'all';
    if (seen.size === before) return 'nothing-new';
    if (seen.size >= MAX_COLLECTED) return 'full';
    // A total that one page alone reaches may count the page and not the list, nor is every page as long as asked for.
    return told !== undefined && offset >= told && told > received && received < limit ? 'all' : 'more';
  }

  return {
    add(page, limit) {
      const before = seen.size;
      const usable = page.qrCodes.filter(({ qrCodeId }) => isQrCodeId(qrCodeId));
      for (const code of usable) if (seen.size < MAX_COLLECTED || seen.has(code.qrCodeId)) take(code);
      unreadable += page.received - usable.length;
      offset += page.received;
      total = page.total ?? total;
      end = endAfter(page, limit, before);
    },
    collection: () => ({
      rows: [...matching.values()],
      seen: seen.size,
      offset,
      ignored: [...ignored],
      strays: strays.size,
      repeated,
      unreadable,
      total,
      end,
    }),
  };
}

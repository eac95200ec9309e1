import { MAX_RETRY_AFTER_MS } from '../enkash/retry-after.ts';
import type { SearchPage } from '../enkash/search.ts';
import type { Clock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import { sendWithRetry } from '../messaging/send-with-retry.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import type { SearchFilters } from './filters.ts';
import { type FilterWays, gatewayFilters, waysAfterIgnoring, waysAfterRefusal } from './gateway-filters.ts';
import type { ResultCollector, SearchResults } from './result-collector.ts';

/** A gateway that turns calls away and asks to wait no time at all is not asked again at once. */
const LEAST_WAIT_MS = 1_000;
/** What is told where the background gave no answer. */
const NO_ANSWER: GatewayFailure = { kind: 'ambiguous', reason: 'connection' };
/** Failures to which smaller pages may be the answer. */
const RETRY_WITH_SMALLER_PAGE: ReadonlySet<string> = new Set(['too-large', 'timeout']);
/** Codes that other products of EnKash's answer where calls come too quickly. Whether the gateway does is assumed. */
const SLOW_DOWN_CODES: ReadonlySet<number | null> = new Set([36, 37]);

/** HTTP statuses of a call that is not taken as it is. A search changes nothing, so any refusal may be tried again. */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 422]);

/** How a search is read, and told of. */
export interface SearchReading {
  accountId: string;
  filters: SearchFilters;
  collector: ResultCollector;
  signal: AbortSignal;
  /** Told after every page. */
  onPage(collection: SearchResults): void;
  /** Told when the gateway asks to wait until a moment (epoch ms), and when that is over. */
  onWait(until: number | undefined): void;
  /** Told how filters are sent so that the gateway answers. */
  onWays(ways: FilterWays): void;
}

/**
 * Reads page after page until there is nothing more, the signal aborts, or something fails: then answers that. Filters
 * that are ignored or refused are sent another way, or not at all: what comes is filtered here in any case. Waits as
 * long as the gateway asks to.
 */
export async function runSearch(
  send: Send,
  clock: Clock,
  reading: SearchReading,
): Promise<GatewayFailure | undefined> {
  const { accountId, filters, collector, signal } = reading;
  let refused: GatewayFailure | undefined;
  let hasCome = collector.collection().seen > 0;
  for (;;) {
    const page = collector.next();
    if (signal.aborted || !page) return undefined;
    const request = { accountId, filters: gatewayFilters(filters, collector.ways()), ...page };
    const answer = (await sendWithRetry(() => send('searchQrCodes', request))) ?? NO_ANSWER;
    if (signal.aborted) return undefined;
    if (answer.kind === 'answered') {
      hasCome = takePage(reading, answer.payload);
      continue;
    }
    const until = retryAtOf(answer);
    if (until !== undefined && until - clock.now() <= MAX_RETRY_AFTER_MS) {
      reading.onWait(until);
      await clock.sleep(Math.max(LEAST_WAIT_MS, until - clock.now()), signal);
      reading.onWait(undefined);
      continue;
    }
    if (isTooMuch(answer) && collector.shrink()) continue;
    if (!isRefusal(answer)) return answer;
    if (hasCome) {
      if (collector.refuse()) continue;
      return answer;
    }
    // Why the first search was refused says more than why those with fewer filters were.
    refused ??= answer;
    const ways = waysAfterRefusal(filters, collector.ways());
    if (!ways) return refused;
    collector.restart(ways);
  }
}

/** Takes a page in; answers whether it stands, or the search was begun again as a filter was ignored. */
function takePage({ filters, collector, onPage, onWays }: SearchReading, page: SearchPage): boolean {
  collector.add(page);
  const ways = waysAfterIgnoring(filters, collector.ways(), collector.collection().ignored);
  if (ways) collector.restart(ways);
  onWays(collector.ways());
  onPage(collector.collection());
  return ways === undefined;
}

function isTooMuch(answer: GatewayFailure): boolean {
  return answer.kind === 'ambiguous' && RETRY_WITH_SMALLER_PAGE.has(answer.reason);
}

/** Whether the gateway would not have the call as it is, so that another one may be the answer. */
function isRefusal(answer: GatewayFailure): boolean {
  if (answer.kind === 'not-found') return true;
  if (answer.kind === 'rejected')
    return !SLOW_DOWN_CODES.has(answer.code) && (answer.httpStatus < 300 || REFUSED.has(answer.httpStatus));
  return answer.kind === 'ambiguous' && answer.reason === 'intermediary' && REFUSED.has(answer.httpStatus);
}

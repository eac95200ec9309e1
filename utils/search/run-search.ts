import { MAX_RETRY_AFTER_MS } from '../enkash/retry-after.ts';
import type { SearchPage } from '../enkash/search.ts';
import type { Clock } from '../lib/clock.ts';
import type { Request, Response } from '../messaging/protocol.ts';
import { sendWithRetry } from '../messaging/send-with-retry.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import type { SearchFilters } from './filters.ts';
import { type FilterWays, gatewayFilters, waysAfterIgnoring, waysAfterRefusal } from './gateway-filters.ts';
import type { ResultCollector, SearchResults } from './result-collector.ts';

/** The minimum wait after a call that the gateway refused for its rate, even if it asks for no wait. */
const LEAST_WAIT_MS = 1_000;
/** The failure if the background gave no answer. */
const NO_ANSWER: GatewayFailure = { kind: 'ambiguous', reason: 'connection' };
/** Failures that smaller pages may avoid. */
const RETRY_WITH_SMALLER_PAGE: ReadonlySet<string> = new Set(['too-large', 'timeout']);
/** Codes that other EnKash products return if calls come too quickly. It is assumed that the gateway does so too. */
const SLOW_DOWN_CODES: ReadonlySet<number | null> = new Set([36, 37]);

/** HTTP statuses of an unacceptable request. A search changes nothing, so it may be sent again with other parameters. */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 422]);

/** Sends the call for one page. */
export type SearchSend = (
  name: 'searchQrCodes',
  request: Request<'searchQrCodes'>,
) => Promise<Response<'searchQrCodes'>>;

/** The input of a search, and the callbacks that report its progress. */
export interface SearchReading {
  accountId: string;
  filters: SearchFilters;
  collector: ResultCollector;
  signal: AbortSignal;
  /** Called after every page. */
  onPage(collection: SearchResults): void;
  /** Called with the end of the wait (epoch ms) if the gateway asks to wait, and with `undefined` after it. */
  onWait(until: number | undefined): void;
  /** Called with the ways to send filters that the gateway answered. */
  onWays(ways: FilterWays): void;
}

/**
 * Reads page after page until the end, until the signal aborts, or until a failure, which it returns. If the gateway
 * ignores or refuses filters, they are sent another way or not at all. The collector filters all pages in any case. Waits
 * as long as the gateway asks.
 */
export async function runSearch(
  send: SearchSend,
  clock: Clock,
  reading: SearchReading,
): Promise<GatewayFailure | undefined> {
  const { accountId, filters, collector, signal } = reading;
  let refused: GatewayFailure | undefined;
  let hasPage = collector.collection().seen > 0;
  for (;;) {
    const page = collector.next();
    if (signal.aborted || !page) return undefined;
    const request = { accountId, filters: gatewayFilters(filters, collector.ways()), ...page };
    const answer = (await sendWithRetry(() => send('searchQrCodes', request))) ?? NO_ANSWER;
    if (signal.aborted) return undefined;
    if (answer.kind === 'answered') {
      hasPage = takePage(reading, answer.payload);
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
    if (hasPage) {
      if (collector.refuse()) continue;
      return answer;
    }
    // The reason of the first refusal says more than those of the calls with fewer filters.
    refused ??= answer;
    const ways = waysAfterRefusal(filters, collector.ways());
    if (!ways) return refused;
    collector.restart(ways);
  }
}

/** Adds a page. Returns false if the search restarts because the gateway ignored a filter. */
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

/** Whether the gateway refused the parameters of the call, so that other ones may be accepted. */
function isRefusal(answer: GatewayFailure): boolean {
  if (answer.kind === 'not-found') return true;
  if (answer.kind === 'rejected')
    return !SLOW_DOWN_CODES.has(answer.code) && (answer.httpStatus < 300 || REFUSED.has(answer.httpStatus));
  return answer.kind === 'ambiguous' && answer.reason === 'intermediary' && REFUSED.has(answer.httpStatus);
}

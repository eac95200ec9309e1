import { askPersistently } from '../ask-persistently.ts';
import type { Clock } from '../clock.ts';
import { askedToWaitUntil } from '../enkash/asked-to-wait.ts';
import type { GatewayFailure } from '../enkash/errors.ts';
import { MAX_CREDIBLE_WAIT_MS } from '../enkash/retry-after.ts';
import { MAX_PAGE } from '../enkash/search.ts';
import type { Send } from '../messages.ts';
import type { Collection, Collector } from './collect.ts';
import type { SearchFilters } from './filters.ts';
import { gatewayFilters } from './sent.ts';

/** Codes of the first page: soon there, and enough for most searches. */
const FIRST_LIMIT = 500;
/** Smaller pages than this are not tried where larger ones are too much for the gateway or for us. */
const LEAST_LIMIT = 50;
/** A gateway that turns calls away and asks to wait no time at all is not asked again at once. */
const LEAST_WAIT_MS = 1_000;
/** What is told where the background gave no answer. */
const NO_ANSWER: GatewayFailure = { kind: 'unclear', reason: 'connection' };
/** Failures to which smaller pages may be the answer. */
const TOO_MUCH: ReadonlySet<string> = new Set(['too-large', 'timeout']);

/** How a search is read, and told of. */
export interface SearchReading {
  accountId: string;
  filters: SearchFilters;
  collector: Collector;
  signal: AbortSignal;
  /** Told after every page. */
  onPage(collection: Collection): void;
  /** Told when the gateway asks to wait until a moment (epoch ms), and when that is over. */
  onWait(until: number | undefined): void;
}

/**
 * Reads page after page until there is nothing more, the signal aborts, or something fails: then answers that.
 * Pages grow as long as all goes well and shrink where one was too much. Waits as long as the gateway asks to.
 */
export async function readSearch(
  send: Send,
  clock: Clock,
  reading: SearchReading,
): Promise<GatewayFailure | undefined> {
  const { accountId, collector, signal } = reading;
  const filters = gatewayFilters(reading.filters);
  let limit = FIRST_LIMIT;
  let most = MAX_PAGE;
  for (;;) {
    const { offset, end } = collector.collection();
    if (signal.aborted || end !== 'more') return undefined;
    const answer =
      (await askPersistently(() => send('searchQrCodes', { accountId, filters, offset, limit }))) ??
      NO_ANSWER;
    if (signal.aborted) return undefined;
    if (answer.kind === 'answered') {
      collector.add(answer.payload, limit);
      reading.onPage(collector.collection());
      limit = Math.min(most, limit * 2);
      continue;
    }
    const until = askedToWaitUntil(answer);
    if (until !== undefined && until - clock.now() <= MAX_CREDIBLE_WAIT_MS) {
      reading.onWait(until);
      await clock.sleep(Math.max(LEAST_WAIT_MS, until - clock.now()), signal);
      reading.onWait(undefined);
    } else if (answer.kind === 'unclear' && TOO_MUCH.has(answer.reason) && limit > LEAST_LIMIT) {
      limit = Math.max(LEAST_LIMIT, Math.floor(limit / 2));
      most = limit;
    } else return answer;
  }
}

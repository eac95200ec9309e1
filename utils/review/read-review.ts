import { MAX_RETRY_AFTER_MS } from '../enkash/retry-after.ts';
import type { Clock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import { sendWithRetry } from '../messaging/send-with-retry.ts';
import type { CodeStatus } from '../model/code-status.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';
import { addReads, idsToRead, type Review } from './review.ts';

/** The number of codes that one message requests. */
const BATCH_SIZE = 48;
/** Reading stops after this many consecutive failures of the gateway. */
const FAILURE_THRESHOLD = 5;

/** Access to the review that is being read. */
export interface ReviewCursor {
  get(): Review;
  set(review: Review): void;
  signal: AbortSignal;
}

/**
 * Reads every code of a review that was not read yet. Waits as long as the gateway asks. Stops at a failure that every
 * other read would have too, and stores it in the review.
 */
export async function readReview(
  send: Send,
  clock: Clock,
  { get, set, signal }: ReviewCursor,
): Promise<void> {
  const queue = idsToRead(get());
  let next = 0;
  let consecutiveFailures = 0;
  while (next < queue.length && !signal.aborted) {
    const ids = queue.slice(next, next + BATCH_SIZE);
    next += ids.length;
    const reads = await sendWithRetry(() =>
      send('getCodeStatuses', { accountId: get().account.id, qrCodeIds: ids }),
    );
    if (signal.aborted) return;
    if (!reads) return stop({ kind: 'ambiguous', reason: 'connection' });
    const settled: [string, CodeStatus][] = [];
    let until = 0;
    for (const [index, read] of reads.entries()) {
      const id = String(ids[index]);
      const wait = retryAtOf(read);
      if (wait === undefined) settled.push([id, read]);
      else queue.push(id);
      until = Math.max(until, wait ?? 0);
      consecutiveFailures = isFailure(read)
        ? consecutiveFailures + 1
        : wait === undefined
          ? 0
          : consecutiveFailures;
    }
    set(addReads(get(), settled));
    const failed = settled.map(([, read]) => read).find(isFailure);
    const fatal = settled.map(([, read]) => read).find(isFatal);
    if (fatal ?? (consecutiveFailures >= FAILURE_THRESHOLD && failed))
      return stop((fatal ?? failed) as GatewayFailure);
    if (until - clock.now() > MAX_RETRY_AFTER_MS)
      return stop({ kind: 'not-sent', reason: 'rate-limited', until });
    if (until > clock.now()) await wait(until);
  }
  if (!signal.aborted) set({ ...get(), state: 'read' });

  function stop(failure: GatewayFailure): void {
    set({ ...get(), state: 'stopped', failure });
  }

  async function wait(until: number): Promise<void> {
    set({ ...get(), waitingUntil: until });
    await clock.sleep(until - clock.now(), signal);
    if (!signal.aborted) set({ ...get(), waitingUntil: undefined });
  }
}

/** Whether the gateway failed, rather than answer about this code. */
function isFailure(read: CodeStatus): boolean {
  return read.kind === 'ambiguous' || isFatal(read);
}

/** Whether every other read would fail in the same way. */
function isFatal(read: CodeStatus): boolean {
  return read.kind === 'unauthorized' || (read.kind === 'not-sent' && read.reason !== 'rate-limited');
}

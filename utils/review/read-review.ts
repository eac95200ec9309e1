import { MAX_CREDIBLE_WAIT_MS } from '../enkash/retry-after.ts';
import type { Clock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import { askPersistently } from '../messaging/send-with-retry.ts';
import type { BriefRead } from '../model/code-status.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { askedToWaitUntil } from '../model/retry-at.ts';
import { addReads, idsToRead, type Review } from './review.ts';

/** Codes that are asked for in one message. */
const READ_AT_ONCE = 48;
/** After so many failures of the gateway in a row, it is no use to ask on. */
const FAILURES_IN_A_ROW = 5;

/** Where the reading of a list stands. */
export interface Reader {
  get(): Review;
  set(review: Review): void;
  signal: AbortSignal;
}

/**
 * Reads every code of a review that was not read yet. Waits as long as the gateway asks to; stops where whatever
 * is in the way would be in the way of all the others too, and says what it was.
 */
export async function readReview(send: Send, clock: Clock, { get, set, signal }: Reader): Promise<void> {
  const queue = idsToRead(get());
  let next = 0;
  let inARow = 0;
  while (next < queue.length && !signal.aborted) {
    const ids = queue.slice(next, next + READ_AT_ONCE);
    next += ids.length;
    const reads = await askPersistently(() =>
      send('readQrCodes', { accountId: get().account.id, qrCodeIds: ids }),
    );
    if (signal.aborted) return;
    if (!reads) return stop({ kind: 'unclear', reason: 'connection' });
    const put: [string, BriefRead][] = [];
    let until = 0;
    for (const [index, read] of reads.entries()) {
      const id = String(ids[index]);
      const wait = askedToWaitUntil(read);
      if (wait === undefined) put.push([id, read]);
      else queue.push(id);
      until = Math.max(until, wait ?? 0);
      inARow = isFailure(read) ? inARow + 1 : wait === undefined ? 0 : inARow;
    }
    set(addReads(get(), put));
    const failed = put.map(([, read]) => read).find(isFailure);
    const hopeless = put.map(([, read]) => read).find(stopsAll);
    if (hopeless ?? (inARow >= FAILURES_IN_A_ROW && failed))
      return stop((hopeless ?? failed) as GatewayFailure);
    if (until - clock.now() > MAX_CREDIBLE_WAIT_MS)
      return stop({ kind: 'not-sent', reason: 'asked-to-wait', until });
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

/** Whether the gateway failed, rather than say something of this code. */
function isFailure(read: BriefRead): boolean {
  return read.kind === 'unclear' || stopsAll(read);
}

/** Whether it would be the same with every other code. */
function stopsAll(read: BriefRead): boolean {
  return read.kind === 'keys-refused' || (read.kind === 'not-sent' && read.reason !== 'asked-to-wait');
}

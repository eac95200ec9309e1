import { beforeEach, describe, expect, it } from 'vitest';
import type { Item, UnknownItem } from '../model/job-item.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import { INTERRUPTED_OUTCOME } from './item-transitions.ts';
import { WorkQueue } from './work-queue.ts';

const NEVER = Number.POSITIVE_INFINITY;
const limiter: ConcurrencyLimiter & { limit: number } = {
  limit: 2,
  onSuccess: () => undefined,
  onOverload: () => undefined,
};
const item = (position: number): Item => ({
  jobId: 1,
  position,
  qrCodeId: `QR${position}`,
  sendings: 1,
  revision: 1,
  state: { kind: 'in-flight' },
});
const unknown = (number: number): UnknownItem => ({
  ...item(number),
  state: { kind: 'unresolved', fallbackOutcome: INTERRUPTED_OUTCOME },
});
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index + 1));

let queue: WorkQueue;
beforeEach(() => {
  limiter.limit = 2;
  queue = new WorkQueue(limiter);
});
/** Tracks a request. Returns the function that settles it. */
function request() {
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const tracked = queue.track(settled);
  return async () => {
    settle();
    await tracked;
  };
}

describe('the next request', () => {
  it('waits while the limit of concurrent requests is reached', async () => {
    queue.addClaimed({ claimed: items(3) }, 3);
    const settle = request();
    expect(queue.takeItem(0)?.position).toBe(1);
    request();
    expect([queue.takeItem(0), queue.nextStart()]).toEqual([undefined, NEVER]);
    await settle();
    expect([queue.nextStart(), queue.takeItem(0)?.position]).toEqual([0, 2]);
  });

  it('no longer counts a request that failed', async () => {
    await queue.track(Promise.reject(new Error('No.'))).catch(() => undefined);
    expect(queue.isInFlight).toBe(false);
  });

  it('is a read once that is due', () => {
    queue.readAt(50, unknown(1), 1);
    queue.readAt(20, unknown(2), 0);
    expect([queue.takeReading(10), queue.nextStart()]).toEqual([undefined, 20]);
    expect(queue.takeReading(20)?.item.position).toBe(2);
    expect(queue.takeReading(60)).toMatchObject({ item: { position: 1 }, reads: 1 });
  });

  it('waits while requests are on hold', () => {
    queue.addClaimed({ claimed: items(1) }, 1);
    queue.readAt(0, unknown(2), 0);
    queue.hold(100);
    queue.hold(40);
    expect([queue.takeItem(99), queue.takeReading(99)]).toEqual([undefined, undefined]);
    expect([queue.nextStart(), queue.nextClaim(), queue.claimCount(99)]).toEqual([100, 100, 0]);
    expect(queue.takeReading(100)?.item.position).toBe(2);
  });

  it('is any read, due or not, if the time is infinite', () => {
    queue.readAt(1_000, unknown(1), 1);
    expect(queue.takeReading(NEVER)?.item.position).toBe(1);
    expect(queue.takeReading(NEVER)).toBeUndefined();
  });
});

describe('a claim', () => {
  it('fills up to four times the limit, and to at least twelve items', () => {
    expect(queue.claimCount(0)).toBe(12);
    limiter.limit = 24;
    expect(queue.claimCount(0)).toBe(96);
    queue.addClaimed({ claimed: items(10) }, 96);
    queue.onWritten([{ number: 1, state: { kind: 'pending' } }]);
    expect(queue.claimCount(0)).toBe(86);
  });

  it('is enough for a round of answers that triples the limit, during which the next claim is written', () => {
    limiter.limit = 6;
    const size = queue.claimCount(0);
    queue.addClaimed({ claimed: items(size) }, size);
    for (let sent = 0; sent < 6; sent += 1) queue.takeItem(0);
    limiter.limit = 18;
    expect(queue.takeUnsent().length).toBeGreaterThanOrEqual(18);
  });

  it('waits while enough items are claimed or unresolved', () => {
    queue.addClaimed({ claimed: items(4) }, 4);
    expect([queue.claimCount(0), queue.nextClaim()]).toEqual([0, NEVER]);
    queue.takeItem(0);
    expect(queue.claimCount(0)).toBe(9);
    queue.readAt(0, unknown(8), 0);
    queue.readAt(0, unknown(9), 0);
    expect(queue.claimCount(0)).toBe(0);
  });

  it('that got fewer items is repeated when the next item is due', () => {
    queue.addClaimed({ claimed: [], nextDue: 500 }, 12);
    expect([queue.claimCount(499), queue.nextClaim(), queue.isEmpty]).toEqual([0, 500, false]);
    queue.onWritten([
      {
        number: 1,
        state: { kind: 'retry-scheduled', retryAt: 300, fallbackOutcome: INTERRUPTED_OUTCOME },
      },
    ]);
    expect([queue.claimCount(300), queue.nextClaim()]).toEqual([12, 300]);
  });

  it('is repeated at once after an item was returned', () => {
    queue.addClaimed({ claimed: [] }, 12);
    expect([queue.isEmpty, queue.nextClaim()]).toEqual([true, NEVER]);
    queue.onWritten([{ number: 1, state: { kind: 'pending' } }]);
    expect([queue.isEmpty, queue.claimCount(0)]).toEqual([false, 12]);
  });
});

describe('the queue', () => {
  it('is empty if nothing is claimed, unresolved, in flight or claimable', async () => {
    expect(queue.isEmpty).toBe(false);
    queue.addClaimed({ claimed: items(1) }, 12);
    expect(queue.isEmpty).toBe(false);
    queue.takeItem(0);
    const settle = request();
    expect(queue.isEmpty).toBe(false);
    queue.readAt(0, unknown(1), 0);
    await settle();
    expect(queue.isEmpty).toBe(false);
    queue.takeReading(0);
    expect(queue.isEmpty).toBe(true);
  });

  it('returns its unsent items and its reads', () => {
    queue.addClaimed({ claimed: items(2) }, 12);
    queue.readAt(900, unknown(3), 2);
    expect(queue.takeUnsent()).toHaveLength(2);
    expect(queue.takeUnread()).toMatchObject([{ item: { position: 3 }, reads: 2 }]);
    expect(queue.isEmpty).toBe(true);
  });
});

it('resets its deadlines after the clock moved backwards', () => {
  queue.hold(10_000);
  queue.readAt(20_000, unknown(1), 1);
  queue.addClaimed({ claimed: [], nextDue: 30_000 }, 12);
  queue.resetDeadlines();
  expect([queue.nextStart(), queue.claimCount(1)]).toEqual([0, 12]);
  expect(queue.takeReading(1)?.item.position).toBe(1);
});

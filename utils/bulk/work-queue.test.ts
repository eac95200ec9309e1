import { beforeEach, describe, expect, it } from 'vitest';
import type { Item, UnknownItem } from '../model/job-item.ts';
import type { ConcurrencyLimiter } from './concurrency-limiter.ts';
import { INTERRUPTED_OUTCOME } from './job-store.ts';
import { WorkQueue } from './work-queue.ts';

const NEVER = Number.POSITIVE_INFINITY;
const pace: ConcurrencyLimiter & { limit: number } = {
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
  pace.limit = 2;
  queue = new WorkQueue(pace);
});
/** A request that is under way until it is answered. */
function request() {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const tracked = queue.track(answered);
  return async () => {
    answer();
    await tracked;
  };
}

describe('what may start', () => {
  it('is limited to so many requests at once', async () => {
    queue.addClaimed({ claimed: items(3) }, 3);
    const answer = request();
    expect(queue.takeItem(0)?.position).toBe(1);
    request();
    expect([queue.takeItem(0), queue.nextStart()]).toEqual([undefined, NEVER]);
    await answer();
    expect([queue.nextStart(), queue.takeItem(0)?.position]).toEqual([0, 2]);
  });

  it('is a request less after one that failed', async () => {
    await queue.track(Promise.reject(new Error('No.'))).catch(() => undefined);
    expect(queue.isInFlight).toBe(false);
  });

  it('is a read only once it is due', () => {
    queue.readAt(50, unknown(1), 1);
    queue.readAt(20, unknown(2), 0);
    expect([queue.takeReading(10), queue.nextStart()]).toEqual([undefined, 20]);
    expect(queue.takeReading(20)?.item.position).toBe(2);
    expect(queue.takeReading(60)).toMatchObject({ item: { position: 1 }, reads: 1 });
  });

  it('is nothing while the gateway wants no call', () => {
    queue.addClaimed({ claimed: items(1) }, 1);
    queue.readAt(0, unknown(2), 0);
    queue.hold(100);
    queue.hold(40);
    expect([queue.takeItem(99), queue.takeReading(99)]).toEqual([undefined, undefined]);
    expect([queue.nextStart(), queue.nextClaim(), queue.claimCount(99)]).toEqual([100, 100, 0]);
    expect(queue.takeReading(100)?.item.position).toBe(2);
  });

  it('is any read where it is the last look, due or not', () => {
    queue.readAt(1_000, unknown(1), 1);
    expect(queue.takeReading(NEVER)?.item.position).toBe(1);
    expect(queue.takeReading(NEVER)).toBeUndefined();
  });
});

describe('a claim', () => {
  it('is of twelve items at least, and of two rounds', () => {
    expect(queue.claimCount(0)).toBe(12);
    pace.limit = 24;
    expect(queue.claimCount(0)).toBe(48);
    queue.addClaimed({ claimed: items(10) }, 48);
    queue.noteWritten([{ number: 1, state: { kind: 'pending' } }]);
    expect(queue.claimCount(0)).toBe(38);
  });

  it('waits while enough is claimed or is to be read', () => {
    queue.addClaimed({ claimed: items(2) }, 2);
    expect([queue.claimCount(0), queue.nextClaim()]).toEqual([0, NEVER]);
    queue.takeItem(0);
    expect(queue.claimCount(0)).toBe(11);
    queue.readAt(0, unknown(8), 0);
    queue.readAt(0, unknown(9), 0);
    expect(queue.claimCount(0)).toBe(0);
  });

  it('that got less than it asked for is followed by one when the next item is due', () => {
    queue.addClaimed({ claimed: [], nextDue: 500 }, 12);
    expect([queue.claimCount(499), queue.nextClaim(), queue.isEmpty]).toEqual([0, 500, false]);
    queue.noteWritten([
      {
        number: 1,
        state: { kind: 'retry-scheduled', retryAt: 300, fallbackOutcome: INTERRUPTED_OUTCOME },
      },
    ]);
    expect([queue.claimCount(300), queue.nextClaim()]).toEqual([12, 300]);
  });

  it('follows at once where an item was given back', () => {
    queue.addClaimed({ claimed: [] }, 12);
    expect([queue.isEmpty, queue.nextClaim()]).toEqual([true, NEVER]);
    queue.noteWritten([{ number: 1, state: { kind: 'pending' } }]);
    expect([queue.isEmpty, queue.claimCount(0)]).toEqual([false, 12]);
  });
});

describe('the end', () => {
  it('is when nothing is claimed, to be read, under way or left to claim', async () => {
    expect(queue.isEmpty).toBe(false);
    queue.addClaimed({ claimed: items(1) }, 12);
    expect(queue.isEmpty).toBe(false);
    queue.takeItem(0);
    const answer = request();
    expect(queue.isEmpty).toBe(false);
    queue.readAt(0, unknown(1), 0);
    await answer();
    expect(queue.isEmpty).toBe(false);
    queue.takeReading(0);
    expect(queue.isEmpty).toBe(true);
  });

  it('hands out what was not sent and not read', () => {
    queue.addClaimed({ claimed: items(2) }, 12);
    queue.readAt(900, unknown(3), 2);
    expect(queue.takeUnsent()).toHaveLength(2);
    expect(queue.takeUnread()).toMatchObject([{ item: { position: 3 }, reads: 2 }]);
    expect(queue.isEmpty).toBe(true);
  });
});

it('forgets its deadlines when the clock moved backwards', () => {
  queue.hold(10_000);
  queue.readAt(20_000, unknown(1), 1);
  queue.addClaimed({ claimed: [], nextDue: 30_000 }, 12);
  queue.forgetDeadlines();
  expect([queue.nextStart(), queue.claimCount(1)]).toEqual([0, 12]);
  expect(queue.takeReading(1)?.item.position).toBe(1);
});

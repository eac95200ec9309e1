import { beforeEach, describe, expect, it } from 'vitest';
import { INTERRUPTED_OUTCOME } from './item-transitions.ts';
import type { ItemChange } from './job-commit.ts';
import { LeaseLostError } from './job-lease.ts';
import type { JobStore } from './job-store.ts';
import { ResultWriter, type Written } from './result-writer.ts';

const LEASE = { jobId: 1, epoch: 2 };
const NEVER = Number.POSITIVE_INFINITY;
const cancelled = (number: number): ItemChange => ({
  number,
  state: { kind: 'cancelled', evidence: 'response' },
});
const waiting = (number: number): ItemChange => ({
  number,
  state: { kind: 'retry-scheduled', retryAt: 0, fallbackOutcome: INTERRUPTED_OUTCOME },
});
const full = () => new DOMException('No space left.', 'QuotaExceededError');

let now: number;
let slept: number[];
let commits: Parameters<JobStore['commit']>[];
let failures: Error[];
let written: Written[];
let wasWriting: boolean[];
const unfinished = () => written.map((each) => each.unfinished);
let writer: ResultWriter;
beforeEach(() => {
  now = 1_000;
  slept = [];
  commits = [];
  failures = [];
  written = [];
  wasWriting = [];
  writer = new ResultWriter({
    jobs: {
      commit: async (...call) => {
        commits.push(call);
        const failure = failures.shift();
        if (failure) throw failure;
        return { claimed: [] };
      },
    },
    clock: {
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
        now += ms;
      },
    },
    lease: LEASE,
    unfinished: 5,
    onWritten(now) {
      written.push(now);
      wasWriting.push(writer.isWriting);
    },
  });
});

describe('results', () => {
  it('are written together, 100 ms after the first one', async () => {
    expect(writer.nextFlush()).toBe(NEVER);
    writer.add(cancelled(1));
    now = 1_050;
    writer.add(waiting(2));
    expect(writer.nextFlush()).toBe(1_100);
    expect(writer.holdsUnfinished).toBe(true);
    expect(await writer.write({ claim: 12 })).toBe(true);
    expect(commits).toEqual([[LEASE, { claim: 12, changes: [cancelled(1), waiting(2)] }]]);
    expect([unfinished(), writer.holdsUnfinished, writer.nextFlush()]).toEqual([[4], false, NEVER]);
    expect([written[0]?.claim, written[0]?.changes]).toEqual([12, [cancelled(1), waiting(2)]]);
    // The callback runs before the next write may start.
    expect([wasWriting, writer.isWriting]).toEqual([[true], false]);
  });

  it('that arrive during a write wait for the next one', async () => {
    writer.add(cancelled(1));
    const first = writer.write({ claim: 0 });
    expect([writer.isWriting, writer.nextFlush(), writer.nextWrite()]).toEqual([true, NEVER, NEVER]);
    writer.add(cancelled(2));
    await first;
    await writer.write({ claim: 0 });
    expect(commits.map(([, { changes }]) => changes)).toEqual([[cancelled(1)], [cancelled(2)]]);
    expect(unfinished()).toEqual([4, 3]);
  });
});

describe('a failed write', () => {
  it('keeps its results in order and is retried after a second', async () => {
    failures = [full()];
    writer.add(cancelled(1));
    const failing = writer.write({ claim: 0 });
    writer.add(cancelled(2));
    expect(await failing).toBe(false);
    expect([writer.fatalError, unfinished(), writer.nextWrite(), writer.nextFlush()]).toEqual([
      undefined,
      [],
      2_000,
      2_000,
    ]);
    await writer.write({ claim: 0 });
    expect(commits[1]?.[1].changes).toEqual([cancelled(1), cancelled(2)]);
    expect(unfinished()).toEqual([3]);
  });

  it('stops the writer at the third consecutive failure', async () => {
    failures = [full(), full()];
    for (let times = 0; times < 3; times += 1) await writer.write({ claim: 0 });
    failures = [full(), full(), full()];
    for (let times = 0; times < 2; times += 1) await writer.write({ claim: 0 });
    expect(writer.fatalError).toBeUndefined();
    await writer.write({ claim: 0 });
    expect(writer.fatalError).toBeInstanceOf(DOMException);
  });

  it('stops the writer at once if another runner has the job', async () => {
    failures = [new LeaseLostError()];
    await writer.write({ claim: 0 });
    expect(writer.fatalError).toBeInstanceOf(LeaseLostError);
    await expect(writer.shutDown(() => ({ kind: 'finished' }))).rejects.toThrow(LeaseLostError);
    expect(commits).toHaveLength(1);
  });

  it('is retried at once after the clock moved backwards', async () => {
    failures = [full()];
    writer.add(cancelled(1));
    await writer.write({ claim: 0 });
    writer.resetDeadlines();
    expect([writer.nextWrite(), writer.nextFlush()]).toEqual([0, 100]);
  });
});

describe('the last write', () => {
  it('stores the job’s state, and is retried with the current state', async () => {
    failures = [full()];
    writer.add(cancelled(1));
    const states = [{ kind: 'finished' }, { kind: 'ended' }] as const;
    let reads = 0;
    const last = await writer.shutDown(() => states[reads++] ?? { kind: 'running' });
    expect(last).toEqual({ kind: 'ended' });
    expect(commits.map(([, { state }]) => state)).toEqual(states);
    expect(slept).toEqual([1_000]);
    expect(commits[1]?.[1].changes).toEqual([cancelled(1)]);
  });

  it('rejects after three failures', async () => {
    failures = [full(), full(), full()];
    await expect(writer.shutDown(() => ({ kind: 'finished' }))).rejects.toThrow('No space left.');
    expect(commits).toHaveLength(3);
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import { systemClock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import {
  createDebouncedLookup,
  DEBOUNCE_MS,
  type DebouncedLookupDeps,
  isPlausibleId,
  type LookupResult,
  RESPONSE_DEADLINE_MS,
} from './debounced-lookup.ts';

const ACCOUNT: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const sleep = systemClock.sleep;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function answerFor(qrCodeId: string): GatewayResult<QrCode> {
  return { kind: 'answered', code: 0, message: 'OK', payload: { qrCodeId, status: 'ACTIVE' } };
}

function start({ takes = 100, ...change }: Partial<DebouncedLookupDeps> & { takes?: number } = {}) {
  const log = {
    reads: [] as string[],
    atOnce: 0,
    mostAtOnce: 0,
    results: [] as (LookupResult | undefined)[],
  };
  const lookUp = createDebouncedLookup({
    clock: systemClock,
    account: async () => ACCOUNT,
    async read(_account, qrCodeId) {
      log.reads.push(qrCodeId);
      log.atOnce += 1;
      log.mostAtOnce = Math.max(log.mostAtOnce, log.atOnce);
      await sleep(takes);
      log.atOnce -= 1;
      return answerFor(qrCodeId);
    },
    ...change,
  });
  const type = (qrCodeId: string) => void lookUp.lookup(qrCodeId).then((result) => log.results.push(result));
  return { log, lookUp, type };
}

describe('the lookup of a typed id', () => {
  it('reads only the last id, after a pause in typing', async () => {
    const { log, type } = start();
    for (const text of ['QR26DU', 'QR26DU7', 'QR26DU7U']) {
      type(text);
      await vi.advanceTimersByTimeAsync(DEBOUNCE_MS - 1);
    }
    expect(log.reads).toEqual([]);
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    expect(log.reads).toEqual(['QR26DU7U']);
    expect(log.results.filter(Boolean)).toEqual([
      { kind: 'read', qrCodeId: 'QR26DU7U', account: ACCOUNT, answer: answerFor('QR26DU7U') },
    ]);
  });

  it('drops the result for a replaced id, and runs no second read at the same time', async () => {
    const { log, type } = start({ takes: 600 });
    type('QR0001A');
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    type('QR0002B');
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    expect(log.reads).toEqual(['QR0001A']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(log.reads).toEqual(['QR0001A', 'QR0002B']);
    expect(log.mostAtOnce).toBe(1);
    expect(log.results.filter(Boolean).map((result) => result?.qrCodeId)).toEqual(['QR0002B']);
  });

  it.each(['locked', 'no-account'] as const)('reads nothing and returns the reason: %s', async (kind) => {
    const { log, type } = start({ account: async () => kind });
    type('QR26DU7U9NREWU');
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    expect(log.reads).toEqual([]);
    expect(log.results).toEqual([{ kind, qrCodeId: 'QR26DU7U9NREWU' }]);
  });

  it('returns “late” at the deadline, and nothing afterwards', async () => {
    const { log, type } = start({ takes: 5_000 });
    type('QR26DU7U9NREWU');
    await vi.advanceTimersByTimeAsync(RESPONSE_DEADLINE_MS);
    expect(log.results).toEqual([{ kind: 'late', qrCodeId: 'QR26DU7U9NREWU' }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(log.results).toHaveLength(1);
  });

  it('returns no status if the read fails', async () => {
    const { log, type } = start({ read: () => Promise.reject(new Error('broken')) });
    type('QR26DU7U9NREWU');
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    expect(log.results).toEqual([
      { kind: 'read', qrCodeId: 'QR26DU7U9NREWU', account: ACCOUNT, answer: { kind: 'no-answer' } },
    ]);
  });

  it('reads nothing after it was cancelled', async () => {
    const { log, lookUp, type } = start();
    type('QR26DU7U9NREWU');
    lookUp.cancel();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(log.reads).toEqual([]);
    expect(log.results).toEqual([undefined]);
  });

  it('runs one read at a time and returns results only for the current id, at any typing speed', async () => {
    const step = fc.record({ id: fc.integer({ min: 1, max: 9 }), pause: fc.integer({ max: 2_000, min: 0 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 0, max: 3_000 }),
        async (steps, takes) => {
          const { log, lookUp } = start({ takes });
          let there = '';
          for (const { id, pause } of steps) {
            const typed = `QR26000${id}`;
            there = typed;
            void lookUp.lookup(typed).then((result) => {
              if (!result) return;
              expect(result.qrCodeId).toBe(typed);
              expect(typed).toBe(there);
              if (result.kind === 'read') expect(result.answer).toEqual(answerFor(typed));
              log.results.push(result);
            });
            await vi.advanceTimersByTimeAsync(pause);
          }
          await vi.advanceTimersByTimeAsync(10_000);
          expect(log.mostAtOnce).toBeLessThanOrEqual(1);
          if (steps.length > 0) expect(log.results.at(-1)?.qrCodeId).toBe(there);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('whether a typed id is worth a read', () => {
  it.each([
    ['QR26DU7U9NREWU', true],
    ['100200300', true],
    ['QR26', false],
    ['counter', false],
  ])('%s: %s', (text, likely) => expect(isPlausibleId(text)).toBe(likely));
});

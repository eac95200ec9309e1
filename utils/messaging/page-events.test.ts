import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { codeKey } from '../model/code-key.ts';
import {
  notifyAppStateChanged,
  notifyCallFinished,
  notifyHistoryChanged,
  notifyWaiting,
  onPageEvents,
  type PageEvents,
  resetPageEvents,
} from './page-events.ts';

beforeEach(() => fakeBrowser.reset());

describe('what pages are told', () => {
  it('is who waits, and that the journal moved on', async () => {
    const seen: PageEvents[] = [];
    const stop = onPageEvents((progress) => seen.push(progress));
    await notifyWaiting(codeKey('a', 'QR1A'), 5_000);
    await notifyWaiting(codeKey('a', 'QR2A'), 6_000);
    await notifyCallFinished(codeKey('a', 'QR1A'));
    stop();
    await resetPageEvents();
    expect(seen.map(({ retryAtByCode }) => retryAtByCode)).toEqual([
      { 'a/QR1A': 5_000 },
      { 'a/QR1A': 5_000, 'a/QR2A': 6_000 },
      { 'a/QR2A': 6_000 },
    ]);
    expect(seen[2]?.historyVersion).toBeGreaterThan(0);
  });

  it('is that the journal was changed, and it leaves the rest alone', async () => {
    await notifyWaiting(codeKey('a', 'QR1A'), 5_000);
    await notifyAppStateChanged();
    const seen: PageEvents[] = [];
    onPageEvents((progress) => seen.push(progress));
    const before = Date.now();
    await notifyHistoryChanged();
    expect(seen).toEqual([
      {
        historyVersion: expect.toSatisfy((at: number) => at >= before),
        appStateVersion: expect.toSatisfy((at: number) => at > 0),
        retryAtByCode: { 'a/QR1A': 5_000 },
      },
    ]);
  });

  it('forgets who waited in an earlier life of the worker', async () => {
    await notifyWaiting('a/QR1A', 5_000);
    const seen: PageEvents[] = [];
    onPageEvents((progress) => seen.push(progress));
    await resetPageEvents();
    expect(seen.at(-1)?.retryAtByCode).toEqual({});
  });
});

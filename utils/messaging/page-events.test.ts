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

describe('page events', () => {
  it('contain waiting calls, and a new version of the history after a call', async () => {
    const seen: PageEvents[] = [];
    const stop = onPageEvents((events) => seen.push(events));
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

  it('contain a new version of the history, with the rest unchanged', async () => {
    await notifyWaiting(codeKey('a', 'QR1A'), 5_000);
    await notifyAppStateChanged();
    const seen: PageEvents[] = [];
    onPageEvents((events) => seen.push(events));
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

  it('drop the calls of an earlier run of the worker', async () => {
    await notifyWaiting('a/QR1A', 5_000);
    const seen: PageEvents[] = [];
    onPageEvents((events) => seen.push(events));
    await resetPageEvents();
    expect(seen.at(-1)?.retryAtByCode).toEqual({});
  });
});

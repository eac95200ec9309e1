import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { codeKey } from '../model/code-key.ts';
import {
  noteEnd,
  noteJournal,
  notePage,
  noteWait,
  type Progress,
  startProgress,
  watchProgress,
} from './page-events.ts';

beforeEach(() => fakeBrowser.reset());

describe('what pages are told', () => {
  it('is who waits, and that the journal moved on', async () => {
    const seen: Progress[] = [];
    const stop = watchProgress((progress) => seen.push(progress));
    await noteWait(codeKey('a', 'QR1A'), 5_000);
    await noteWait(codeKey('a', 'QR2A'), 6_000);
    await noteEnd(codeKey('a', 'QR1A'));
    stop();
    await startProgress();
    expect(seen.map(({ waits }) => waits)).toEqual([
      { 'a/QR1A': 5_000 },
      { 'a/QR1A': 5_000, 'a/QR2A': 6_000 },
      { 'a/QR2A': 6_000 },
    ]);
    expect(seen[2]?.journalAt).toBeGreaterThan(0);
  });

  it('is that the journal was changed, and it leaves the rest alone', async () => {
    await noteWait(codeKey('a', 'QR1A'), 5_000);
    await notePage();
    const seen: Progress[] = [];
    watchProgress((progress) => seen.push(progress));
    const before = Date.now();
    await noteJournal();
    expect(seen).toEqual([
      {
        journalAt: expect.toSatisfy((at: number) => at >= before),
        pageAt: expect.toSatisfy((at: number) => at > 0),
        waits: { 'a/QR1A': 5_000 },
      },
    ]);
  });

  it('forgets who waited in an earlier life of the worker', async () => {
    await noteWait('a/QR1A', 5_000);
    const seen: Progress[] = [];
    watchProgress((progress) => seen.push(progress));
    await startProgress();
    expect(seen.at(-1)?.waits).toEqual({});
  });
});

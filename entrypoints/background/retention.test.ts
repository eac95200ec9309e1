import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Progress, watchProgress } from '../../utils/progress.ts';
import { changeSettings } from '../../utils/settings.ts';
import { eraseHistory, keepToRetention } from './retention.ts';
import type { Services } from './services.ts';

let erased: number;
let told: Progress[];

beforeEach(() => {
  fakeBrowser.reset();
  erased = 0;
  told = [];
  watchProgress((progress) => told.push(progress));
});

function kit() {
  const history = { erase: vi.fn(async () => erased) };
  const jobs = { erase: vi.fn(async () => undefined) };
  return { history, jobs } as unknown as Services & { history: typeof history; jobs: typeof jobs };
}

describe('an erasure', () => {
  it('is told to open pages, once jobs are gone too', async () => {
    erased = 3;
    const services = kit();
    services.jobs.erase.mockImplementation(async () => {
      expect(told).toEqual([]);
      return undefined;
    });
    await eraseHistory(services, 'operator');
    expect(services.history.erase).toHaveBeenCalledWith('operator');
    expect(services.jobs.erase).toHaveBeenCalledWith('over', undefined);
    expect(told).toHaveLength(1);
    expect(told[0]?.journalAt).toBeGreaterThan(0);
  });

  it('that found nothing to erase tells nobody', async () => {
    await changeSettings({ keepHistoryDays: 90 });
    await keepToRetention(kit());
    expect(told).toEqual([]);
  });
});

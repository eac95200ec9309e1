import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { onPageEvents, type PageEvents } from '../../../utils/messaging/page-events.ts';
import { updateSettings } from '../../../utils/settings/settings.ts';
import type { Services } from '../services.ts';
import { applyRetentionChange, clearHistory, enforceRetention } from './history-retention.ts';

const DAY_MS = 86_400_000;

let erased: number;
let told: PageEvents[];

beforeEach(() => {
  fakeBrowser.reset();
  erased = 0;
  told = [];
  onPageEvents((progress) => told.push(progress));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function kit() {
  const history = { erase: vi.fn(async () => erased) };
  const jobs = { deleteJobs: vi.fn(async () => undefined) };
  return { history, jobs } as unknown as Services & { history: typeof history; jobs: typeof jobs };
}
/** Services of a computer where it was chosen just now to keep the history for 90 days. */
async function kept90Days() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22) });
  await updateSettings({ historyRetentionDays: 90 });
  await applyRetentionChange(kit());
  return kit();
}
async function startAfter(services: Services, days: number): Promise<void> {
  vi.setSystemTime(Date.now() + days * DAY_MS);
  await enforceRetention(services);
}
const alarms = async () => (await fakeBrowser.alarms.getAll()).map(({ name }) => name);

describe('the start of the worker', () => {
  it('asks nothing of the alarms where the history is kept for good', async () => {
    const services = kit();
    const asked = (['get', 'create', 'clear'] as const).map((name) => vi.spyOn(fakeBrowser.alarms, name));
    await enforceRetention(services);
    expect(asked.map(({ mock }) => mock.calls)).toEqual([[], [], []]);
    expect(services.history.erase).not.toHaveBeenCalled();
  });

  it('erases once a day what is older, and leaves an alarm alone that is set', async () => {
    const services = await kept90Days();
    const create = vi.spyOn(fakeBrowser.alarms, 'create');
    await startAfter(services, 0.5);
    expect(services.history.erase).not.toHaveBeenCalled();
    await startAfter(services, 0.5);
    await startAfter(services, 0.1);
    expect(create).not.toHaveBeenCalled();
    expect(services.history.erase.mock.calls).toEqual([['retention', Date.now() - 90.1 * DAY_MS]]);
    expect(services.jobs.deleteJobs).toHaveBeenCalledWith('over', Date.now() - 90.1 * DAY_MS);
    await startAfter(services, 1);
    expect(services.history.erase).toHaveBeenCalledTimes(2);
  });

  it('erases nothing by a clock that has leapt, until it has been so for a day', async () => {
    const services = await kept90Days();
    await startAfter(services, 365);
    await startAfter(services, 0.2);
    await startAfter(services, -365);
    await startAfter(services, 0.2);
    expect(services.history.erase).not.toHaveBeenCalled();
    // Nobody was there for a year, say.
    await startAfter(services, 365);
    await startAfter(services, 1);
    expect(services.history.erase).toHaveBeenCalledTimes(1);
  });
});

describe('a change of how long the history is kept', () => {
  it('sets the alarm, or takes it away', async () => {
    await updateSettings({ historyRetentionDays: 365 });
    const services = kit();
    await applyRetentionChange(services);
    expect(services.history.erase).toHaveBeenCalledTimes(1);
    expect(await alarms()).toEqual(['retention']);
    await updateSettings({ historyRetentionDays: null });
    await applyRetentionChange(kit());
    expect(await alarms()).toEqual([]);
  });
});

describe('an erasure', () => {
  it('is told to open pages, once jobs are gone too', async () => {
    erased = 3;
    const services = kit();
    services.jobs.deleteJobs.mockImplementation(async () => {
      expect(told).toEqual([]);
      return undefined;
    });
    await clearHistory(services, 'operator');
    expect(services.history.erase).toHaveBeenCalledWith('operator');
    expect(services.jobs.deleteJobs).toHaveBeenCalledWith('over', undefined);
    expect(told).toHaveLength(1);
    expect(told[0]?.historyVersion).toBeGreaterThan(0);
  });

  it('that found nothing to erase tells nobody', async () => {
    await updateSettings({ historyRetentionDays: 90 });
    await applyRetentionChange(kit());
    expect(told).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { onPageEvents, type PageEvents } from '../../../utils/messaging/page-events.ts';
import { updateSettings } from '../../../utils/settings/settings.ts';
import type { Services } from '../services.ts';
import { applyRetentionChange, clearHistory, enforceRetention } from './history-retention.ts';

const DAY_MS = 86_400_000;

let erased: number;
let events: PageEvents[];

beforeEach(() => {
  fakeBrowser.reset();
  erased = 0;
  events = [];
  onPageEvents((progress) => events.push(progress));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function createTestServices() {
  const history = { erase: vi.fn(async () => erased) };
  const jobs = { deleteJobs: vi.fn(async () => undefined) };
  return { history, jobs } as unknown as Services & { history: typeof history; jobs: typeof jobs };
}
/** Services after the operator has just set a retention of 90 days. */
async function setRetention90Days() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22) });
  await updateSettings({ historyRetentionDays: 90 });
  await applyRetentionChange(createTestServices());
  return createTestServices();
}
async function startAfter(services: Services, days: number): Promise<void> {
  vi.setSystemTime(Date.now() + days * DAY_MS);
  await enforceRetention(services);
}
const alarms = async () => (await fakeBrowser.alarms.getAll()).map(({ name }) => name);

describe('the start of the worker', () => {
  it('does not touch the alarms if the history is kept forever', async () => {
    const services = createTestServices();
    const spies = (['get', 'create', 'clear'] as const).map((name) => vi.spyOn(fakeBrowser.alarms, name));
    await enforceRetention(services);
    expect(spies.map(({ mock }) => mock.calls)).toEqual([[], [], []]);
    expect(services.history.erase).not.toHaveBeenCalled();
  });

  it('erases older rows once a day, and keeps an alarm that is set', async () => {
    const services = await setRetention90Days();
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

  it('erases nothing after a clock jump until the next day confirms the time', async () => {
    const services = await setRetention90Days();
    await startAfter(services, 365);
    await startAfter(services, 0.2);
    await startAfter(services, -365);
    await startAfter(services, 0.2);
    expect(services.history.erase).not.toHaveBeenCalled();
    // For example, the computer was off for a year.
    await startAfter(services, 365);
    await startAfter(services, 1);
    expect(services.history.erase).toHaveBeenCalledTimes(1);
  });
});

describe('a change of the retention period', () => {
  it('sets the alarm, or clears it if the history is kept forever', async () => {
    await updateSettings({ historyRetentionDays: 365 });
    const services = createTestServices();
    await applyRetentionChange(services);
    expect(services.history.erase).toHaveBeenCalledTimes(1);
    expect(await alarms()).toEqual(['retention']);
    await updateSettings({ historyRetentionDays: null });
    await applyRetentionChange(createTestServices());
    expect(await alarms()).toEqual([]);
  });
});

describe('an erasure', () => {
  it('notifies open pages after the jobs are deleted too', async () => {
    erased = 3;
    const services = createTestServices();
    services.jobs.deleteJobs.mockImplementation(async () => {
      expect(events).toEqual([]);
      return undefined;
    });
    await clearHistory(services, 'operator');
    expect(services.history.erase).toHaveBeenCalledWith('operator');
    expect(services.jobs.deleteJobs).toHaveBeenCalledWith('over', undefined);
    expect(events).toHaveLength(1);
    expect(events[0]?.historyVersion).toBeGreaterThan(0);
  });

  it('notifies no page if there was nothing to erase', async () => {
    await updateSettings({ historyRetentionDays: 90 });
    await applyRetentionChange(createTestServices());
    expect(events).toEqual([]);
  });
});

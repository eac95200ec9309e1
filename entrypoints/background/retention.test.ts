import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Progress, watchProgress } from '../../utils/progress.ts';
import { changeSettings } from '../../utils/settings.ts';
import { changeRetention, eraseHistory, keepToRetention } from './retention.ts';
import type { Services } from './services.ts';

const DAY_MS = 86_400_000;

let erased: number;
let told: Progress[];

beforeEach(() => {
  fakeBrowser.reset();
  erased = 0;
  told = [];
  watchProgress((progress) => told.push(progress));
});
afterEach(() => vi.restoreAllMocks());

function kit() {
  const history = { erase: vi.fn(async () => erased) };
  const jobs = { erase: vi.fn(async () => undefined) };
  return { history, jobs } as unknown as Services & { history: typeof history; jobs: typeof jobs };
}
const alarms = async () => (await fakeBrowser.alarms.getAll()).map(({ name }) => name);

describe('the start of the worker', () => {
  it('asks nothing of the alarms where the history is kept for good', async () => {
    const services = kit();
    const asked = (['get', 'create', 'clear'] as const).map((name) => vi.spyOn(fakeBrowser.alarms, name));
    await keepToRetention(services);
    expect(asked.map(({ mock }) => mock.calls)).toEqual([[], [], []]);
    expect(services.history.erase).not.toHaveBeenCalled();
  });

  it('erases what is older, and leaves an alarm alone that is set', async () => {
    await changeSettings({ keepHistoryDays: 90 });
    const services = kit();
    const create = vi.spyOn(fakeBrowser.alarms, 'create');
    await keepToRetention(services);
    await keepToRetention(services);
    expect(create).toHaveBeenCalledTimes(1);
    const [by, before] = services.history.erase.mock.calls[0] as unknown as [string, number];
    expect([by, Math.round((Date.now() - before) / DAY_MS)]).toEqual(['retention', 90]);
    expect(services.jobs.erase).toHaveBeenCalledWith('over', before);
  });
});

describe('a change of how long the history is kept', () => {
  it('sets the alarm, or takes it away', async () => {
    await changeSettings({ keepHistoryDays: 365 });
    await changeRetention(kit());
    expect(await alarms()).toEqual(['retention']);
    await changeSettings({ keepHistoryDays: null });
    await changeRetention(kit());
    expect(await alarms()).toEqual([]);
  });
});

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

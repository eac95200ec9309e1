import { browser } from 'wxt/browser';
import { systemClock } from '../../utils/clock.ts';
import { readSettings } from '../../utils/settings.ts';
import type { Services } from './services.ts';

const ALARM = 'retention';
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/** Erases, once a day, what is older than the history is kept for. */
export function registerRetention(services: Services): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void services.stayAlive(keepToRetention(services));
  });
}

/** Erases what is older than the history is kept for, and sees to it that this is done every day; or no more. */
export async function keepToRetention({ history, jobs }: Services): Promise<void> {
  const { keepHistoryDays } = await readSettings();
  if (keepHistoryDays === null) return void (await browser.alarms.clear(ALARM));
  if (!(await browser.alarms.get(ALARM))) browser.alarms.create(ALARM, { periodInMinutes: DAY_MINUTES });
  const before = systemClock.now() - keepHistoryDays * DAY_MS;
  await history.erase('retention', before);
  await jobs.erase('over', before);
}

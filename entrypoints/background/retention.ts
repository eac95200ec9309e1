import { browser } from 'wxt/browser';
import { systemClock } from '../../utils/clock.ts';
import { noteJournal } from '../../utils/progress.ts';
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

/** To be called when it was changed for how long the history is kept. */
export async function changeRetention(services: Services): Promise<void> {
  await browser.alarms.clear(ALARM);
  await keepToRetention(services);
}

/** Erases what is older than the history is kept for, and sees to it that this is done every day. */
export async function keepToRetention(services: Services): Promise<void> {
  const { keepHistoryDays } = await readSettings();
  if (keepHistoryDays === null) return;
  if (!(await browser.alarms.get(ALARM))) browser.alarms.create(ALARM, { periodInMinutes: DAY_MINUTES });
  await eraseHistory(services, 'retention', systemClock.now() - keepHistoryDays * DAY_MS);
}

/** Erases the history and the jobs that are over; `before` (epoch ms), only what is older. Open pages show it at once. */
export async function eraseHistory(
  { history, jobs }: Services,
  ...what: Parameters<Services['history']['erase']>
): Promise<void> {
  const erased = await history.erase(...what);
  await jobs.erase('over', what[1]);
  if (erased) await noteJournal();
}

import { browser } from 'wxt/browser';
import { defineStorageItem } from '../../../utils/browser/storage-item.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { notifyHistoryChanged } from '../../../utils/messaging/page-events.ts';
import { readSettings } from '../../../utils/settings/settings.ts';
import type { Services } from '../services.ts';

const ALARM = 'retention';
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;
/** The alarm may come a little early. */
const MIN_INTERVAL_MS = 0.9 * DAY_MS;
/** A clock that has gone on further since the last look may be wrong. */
const MAX_CLOCK_JUMP_MS = 31 * DAY_MS;

/** When rows were looked for that are too old (epoch ms). */
const lastRunAt = defineStorageItem<number>('local', 'retention', 0);

/** Erases, once a day, what is older than the history is kept for. */
export function registerRetention(services: Services): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void services.stayAlive(enforceRetention(services));
  });
}

/** To be called when it was changed for how long the history is kept. */
export async function applyRetentionChange(services: Services): Promise<void> {
  await browser.alarms.clear(ALARM);
  await enforceRetention(services, true);
}

/**
 * Erases what is older than the history is kept for, and sees to it that this is done every day. By a clock that has leapt
 * since the last look nothing is erased, unless somebody asked for it: it has to be as late a day after still.
 */
export async function enforceRetention(services: Services, force = false): Promise<void> {
  const { historyRetentionDays } = await readSettings();
  if (historyRetentionDays === null) return;
  if (!(await browser.alarms.get(ALARM))) browser.alarms.create(ALARM, { periodInMinutes: DAY_MINUTES });
  const now = systemClock.now();
  const since = now - (await lastRunAt.read());
  if (!force && since >= 0 && since < MIN_INTERVAL_MS) return;
  await lastRunAt.write(now);
  if (force || (since > 0 && since < MAX_CLOCK_JUMP_MS))
    await clearHistory(services, 'retention', now - historyRetentionDays * DAY_MS);
}

/** Erases the history and the jobs that are over; `before` (epoch ms), only what is older. Open pages show it at once. */
export async function clearHistory(
  { history, jobs }: Services,
  ...what: Parameters<Services['history']['erase']>
): Promise<void> {
  const erased = await history.erase(...what);
  await jobs.deleteJobs('over', what[1]);
  if (erased) await notifyHistoryChanged();
}

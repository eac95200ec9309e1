import { browser } from 'wxt/browser';
import { defineStorageItem } from '../../../utils/browser/storage-item.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { notifyHistoryChanged } from '../../../utils/messaging/page-events.ts';
import { readSettings } from '../../../utils/settings/settings.ts';
import type { Services } from '../services.ts';

export const RETENTION_ALARM = 'retention';
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;
/** Less than a day, because the alarm may fire a little early. */
const MIN_INTERVAL_MS = 0.9 * DAY_MS;
/** If the clock advanced further than this since the last run, it may be wrong. */
const MAX_CLOCK_JUMP_MS = 31 * DAY_MS;

/** The time of the last run (epoch ms). */
const lastRunAt = defineStorageItem<number>('local', 'retention', 0);

/** Call after the retention period has changed. */
export async function applyRetentionChange(services: Services): Promise<void> {
  await browser.alarms.clear(RETENTION_ALARM);
  await enforceRetention(services, true);
}

/**
 * Erases the rows older than the retention period, and schedules the daily run. If the clock jumped since the last run,
 * erases nothing until the next day's run confirms the time, unless the operator asked (`force`).
 */
export async function enforceRetention(services: Services, force = false): Promise<void> {
  const { historyRetentionDays } = await readSettings();
  if (historyRetentionDays === null) return;
  if (!(await browser.alarms.get(RETENTION_ALARM)))
    browser.alarms.create(RETENTION_ALARM, { periodInMinutes: DAY_MINUTES });
  const now = systemClock.now();
  const since = now - (await lastRunAt.read());
  if (!force && since >= 0 && since < MIN_INTERVAL_MS) return;
  await lastRunAt.write(now);
  if (force || (since > 0 && since < MAX_CLOCK_JUMP_MS))
    await clearHistory(services, 'retention', now - historyRetentionDays * DAY_MS);
}

/** Erases the history and the finished jobs, or with `before` (epoch ms) only older ones. Notifies open pages. */
export async function clearHistory(
  { history, jobs }: Services,
  ...what: Parameters<Services['history']['erase']>
): Promise<void> {
  const erased = await history.erase(...what);
  await jobs.deleteJobs('over', what[1]);
  if (erased) await notifyHistoryChanged();
}

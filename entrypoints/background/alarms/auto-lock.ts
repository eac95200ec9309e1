import { browser } from 'wxt/browser';
import { notifyAppStateChanged } from '../../../utils/messaging/page-events.ts';
import type { Services } from '../services.ts';

const ALARM = 'auto-lock';
/** Alarms may fire late. Every use of a key checks the deadline itself, so the alarm only cleans up. */
const CHECK_INTERVAL_MINUTES = 1;

/** Locks the vault if it has been idle for the set time, or if the screen is locked. */
export function registerLocking(services: Services): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void lockIfIdle(services);
  });
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'locked') void lockNow(services);
  });
}

/** Stops the running job, locks the vault, and deletes the tokens obtained with its keys. */
export async function lockNow({ bulk, vault, forgetTokens }: Services): Promise<void> {
  // Keys without a passphrase stay available, so their job may continue behind a locked screen.
  const state = await vault.state();
  if (state.status === 'open' && state.protection === 'passphrase') bulk.lock();
  await vault.lock();
  await browser.alarms.clear(ALARM);
  await forgetTokens();
}

/** Call after the vault was unlocked. An alarm that is set already keeps its schedule. */
export async function scheduleAutoLock(): Promise<void> {
  if (!(await browser.alarms.get(ALARM)))
    browser.alarms.create(ALARM, { periodInMinutes: CHECK_INTERVAL_MINUTES });
  await notifyAppStateChanged();
}

async function lockIfIdle(services: Services): Promise<void> {
  if (await services.vault.lockIfIdle()) await lockNow(services);
}

import { browser } from 'wxt/browser';
import { notifyAppStateChanged } from '../../../utils/messaging/page-events.ts';
import type { Services } from '../services.ts';

const ALARM = 'auto-lock';
/** Alarms come late at times; every use of a key looks at the deadline itself, and this only tidies up. */
const CHECK_INTERVAL_MINUTES = 1;

/** Locks the vault when it has not been used for a while, and when the screen is locked. */
export function registerLocking(services: Services): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void lockIfIdle(services);
  });
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'locked') void lockNow(services);
  });
}

/** Stops what is being cancelled, locks the vault, and forgets the tokens that were fetched with its keys. */
export async function lockNow({ bulk, vault, forgetTokens }: Services): Promise<void> {
  // Keys that no passphrase protects are not locked, and a job may go on behind a locked screen.
  const state = await vault.state();
  if (state.status === 'open' && state.protection === 'passphrase') bulk.lock();
  await vault.lock();
  await browser.alarms.clear(ALARM);
  await forgetTokens();
}

/** To be called when the vault was opened: an alarm that is set already keeps its clock. */
export async function scheduleAutoLock(): Promise<void> {
  if (!(await browser.alarms.get(ALARM)))
    browser.alarms.create(ALARM, { periodInMinutes: CHECK_INTERVAL_MINUTES });
  await notifyAppStateChanged();
}

async function lockIfIdle(services: Services): Promise<void> {
  if (await services.vault.lockIfIdle()) await lockNow(services);
}

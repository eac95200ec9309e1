import { browser } from 'wxt/browser';
import { notifyAppStateChanged } from '../../../utils/messaging/page-events.ts';
import type { Services } from '../services.ts';

export const AUTO_LOCK_ALARM = 'auto-lock';
/** Alarms may fire late. Every use of a key checks the deadline itself, so the alarm only cleans up. */
const CHECK_INTERVAL_MINUTES = 1;

/** Stops the running job, locks the vault, and deletes the tokens obtained with its keys. */
export async function lockNow({ bulk, vault, forgetTokens }: Services): Promise<void> {
  // Keys without a passphrase stay available, so their job may continue behind a locked screen.
  const pauseJob = async () => {
    const state = await vault.state();
    if (state.status === 'open' && state.protection === 'passphrase') bulk.lock();
  };
  // In one turn, so that no call in between uses a key. The vault reads its state before it locks.
  await Promise.all([pauseJob(), vault.lock()]);
  await browser.alarms.clear(AUTO_LOCK_ALARM);
  await forgetTokens();
}

/** Call after the vault was unlocked. An alarm that is set already keeps its schedule. */
export async function scheduleAutoLock(): Promise<void> {
  if (!(await browser.alarms.get(AUTO_LOCK_ALARM)))
    browser.alarms.create(AUTO_LOCK_ALARM, { periodInMinutes: CHECK_INTERVAL_MINUTES });
  await notifyAppStateChanged();
}

/** Locks the vault if it has been idle for the set time. */
export async function lockIfIdle(services: Services): Promise<void> {
  if (await services.vault.lockIfIdle()) await lockNow(services);
}

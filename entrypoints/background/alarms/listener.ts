import { browser } from 'wxt/browser';
import type { LoadServices } from '../load-services.ts';

/** Runs the work of an alarm, and of a change of screen lock or connection. */
export function registerAlarms(loadServices: LoadServices): void {
  browser.alarms.onAlarm.addListener(({ name }) => void runAlarm(loadServices, name));
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'locked') void lockNow(loadServices);
  });
  addEventListener('online', () => void resumeJob(loadServices));
}

async function runAlarm(loadServices: LoadServices, name: string): Promise<void> {
  const [services, { ALARMS }] = await Promise.all([loadServices(), import('./alarms.ts')]);
  if (Object.hasOwn(ALARMS, name)) await ALARMS[name]?.(services);
}

async function lockNow(loadServices: LoadServices): Promise<void> {
  const [services, autoLock] = await Promise.all([loadServices(), import('./auto-lock.ts')]);
  await autoLock.lockNow(services);
}

async function resumeJob(loadServices: LoadServices): Promise<void> {
  await (await loadServices()).bulk.resumeIfDue();
}

import { browser } from 'wxt/browser';
import { startProgress } from '../../utils/progress.ts';
import { forgetLanguage } from './language.ts';
import { putMenu } from './menus.ts';
import { changeRetention } from './retention.ts';
import type { Services } from './services.ts';

/** Stops what is being cancelled, and takes every account, key, setting, job and finished attempt out of this browser. */
export async function forgetEverything(services: Services): Promise<void> {
  const { bulk, history, jobs, office, vault } = services;
  await bulk.pause('account', () => true);
  for (const { id } of await office.list()) await office.remove(id);
  await vault.forget();
  await browser.storage.session.clear();
  await browser.storage.local.clear();
  await history.erase('operator');
  await jobs.erase('all');
  bulk.clearBadge();
  await changeRetention(services);
  await startProgress();
  forgetLanguage();
  await putMenu();
}

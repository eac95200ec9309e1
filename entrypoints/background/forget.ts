import { browser } from 'wxt/browser';
import { startProgress } from '../../utils/progress.ts';
import type { Services } from './services.ts';

/** Takes every account, key, setting and finished attempt out of this browser. */
export async function forgetEverything({ attempts, office, vault }: Services): Promise<void> {
  for (const { id } of await office.list()) await office.remove(id);
  await vault.forget();
  await browser.storage.session.clear();
  await browser.storage.local.clear();
  await attempts.erase();
  await startProgress();
}

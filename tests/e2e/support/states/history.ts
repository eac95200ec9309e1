import { byRole, waitForText } from '../../../harness/find.ts';
import type { ChromiumKit } from '../chromium-kit.ts';
import type { Visit } from './visit.ts';

/** The history of what was checked and cancelled before. */
export async function walkHistory(kit: ChromiumKit, visit: Visit): Promise<void> {
  const page = await kit.chromium.openPage('workbench.html#history');
  await waitForText(page, 'Started from');
  await visit('history', page);
  await (await byRole(page, 'searchbox', 'Find in history')).type('nothing is called so');
  await waitForText(page, 'Nothing matches');
  await visit('history-no-match', page);
  await page.close();
}

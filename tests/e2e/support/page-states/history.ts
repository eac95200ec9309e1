import type { HistoryRow } from '../../../../utils/model/history-row.ts';
import { byRole, waitForText } from '../../../harness/find.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { rowsInJournal, tamper, waitForRecord } from '../history-steps.ts';
import type { Visit } from './visit.ts';

/** The history of the earlier checks and cancels. */
export async function walkHistory(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await kit.chromium.openPage('workbench.html#history');
  await waitForText(page, 'Started from');
  await waitForRecord(page, /./);
  await visit('history', page);
  const row = (await rowsInJournal(page)).at(-2);
  if (row) await walkBrokenRecord(kit, visit, row);
  await page.bringToFront();
  await (await byRole(page, 'searchbox', 'Find in history')).type('nothing is called so');
  await waitForText(page, 'Nothing matches');
  await visit('history-no-match', page);
  await page.close();
}

/** The page with a changed row in the record. Restores the row. */
async function walkBrokenRecord(kit: ChromiumFixture, visit: Visit, row: HistoryRow): Promise<void> {
  const page = await kit.chromium.openPage('workbench.html#history');
  await tamper(page, { put: [{ ...row, at: row.at - 60_000 }] });
  await page.reload();
  await waitForRecord(page, /changed|broken/i);
  await visit('history-broken', page);
  await tamper(page, { put: [row] });
  await page.close();
}

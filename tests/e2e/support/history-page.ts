import { rmSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { clickRole } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { until } from '../../harness/until.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';
import { tell } from './tell.ts';

/** The benchmark measures the speed. Here other tests may run at the same time. */
export const LONG = { timeout: 90_000 };
const summary = (page: Page) => page.$eval('.history-summary', (line) => (line as HTMLElement).innerText);
/** Waits until the summary above the table has this text. */
export const waitForMatches = (page: Page, text: string) =>
  until(`the summary ${text}`, async () => (await summary(page)) === text, { timeout: 30_000 });

/** Exports the history as JSON and returns the parsed file. */
export async function downloadJson(
  kit: ChromiumFixture,
  page: Page,
): Promise<{ chain: { hash: string }; rows: HistoryRow[] }> {
  rmSync(kit.chromium.downloadDir, { recursive: true, force: true });
  await clickRole(page, 'button', 'Export history (JSON)');
  return JSON.parse((await waitForDownload(kit.chromium.downloadDir, /\.json$/, LONG)).text);
}

/** Erases the history and resets the settings that a test of the history may have changed. */
export async function resetHistory(kit: ChromiumFixture): Promise<void> {
  await kit.reset();
  await kit.withOptions(async (page) => {
    await tell(page, 'updateSettings', { historyRetentionDays: null, operator: '' });
    await tell(page, 'clearHistory', {});
  });
}

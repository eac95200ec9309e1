import { rmSync } from 'node:fs';
import Papa from 'papaparse';
import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, hasRole, type Wait, waitForText } from '../../harness/find.ts';
import { ask, until } from '../../harness/until.ts';
import { readJournal } from './bulk-journal.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';
import { paste } from './operator.ts';
import { tell } from './tell.ts';

/** A job may wait for the gateway and continue by itself. */
const RUN = { timeout: 60_000 };

export function openBulkTab(kit: ChromiumFixture): Promise<Page> {
  return kit.chromium.openPage('workbench.html#bulk');
}

/** Pastes a list and presses `Review IDs`. */
export async function reviewList(page: Page, ids: readonly string[] | string): Promise<void> {
  await paste(page, 'QR code IDs', typeof ids === 'string' ? ids : ids.join('\n'));
  // The page reads a list of 100,000 IDs first.
  await clickRole(page, 'button', 'Review IDs', RUN);
}

/** Waits until a summary of the review or the report matches, and returns it. */
export async function waitForSummary(page: Page, summary: string | RegExp, wait: Wait = {}): Promise<string> {
  const fits = (text: string) => (typeof summary === 'string' ? text === summary : summary.test(text));
  let last: string[] = [];
  const look = async () => {
    const all = () =>
      page.$$eval('[role=status]', (lines) => lines.map((line) => (line as HTMLElement).innerText));
    last = (await ask(all)) ?? [];
    return last.map((text) => text.replace(/\s+/g, ' ').trim()).find(fits);
  };
  return until(`the summary ${summary}`, look, wait).catch((cause: Error) => {
    throw new Error(`${cause.message}; it says “${last.join(' / ')}”`);
  });
}

/** A number in the pages' format. */
export const inWords = (count: number) => count.toLocaleString('en-IN');

/** Reviews the list, confirms, and waits until the job runs. */
export async function startJob(page: Page, ids: readonly string[]): Promise<void> {
  await reviewList(page, ids);
  await waitForSummary(page, `${inWords(ids.length)} will be cancelled`, RUN);
  await openQuestion(page, ids.length);
  await answerQuestion(page, ids.length);
}

/** Waits until a chosen file is read: the page shows counts, a question or an error. */
export async function waitForList(page: Page): Promise<void> {
  await until('the file to be read', async () => (await page.$('.figures, [role=alert]')) !== null);
}

/** Opens the confirmation of `count` cancels. */
export async function openQuestion(page: Page, count: number): Promise<void> {
  await clickRole(page, 'button', count === 1 ? 'Cancel 1 QR code…' : `Cancel ${inWords(count)} QR codes…`);
  await byRole(page, 'alertdialog');
}

/** Types the confirmation text if one is required, confirms, and waits until the job is on screen. */
export async function answerQuestion(page: Page, count: number): Promise<void> {
  const field = `Type CANCEL ${count} to confirm`;
  if (await hasRole(page, 'textbox', field)) await typeInto(page, field, `CANCEL ${count}`);
  await clickRole(page, 'button', count === 1 ? 'Cancel 1 QR code' : `Cancel ${inWords(count)} QR codes`);
  await waitForText(page, /Cancelling QR codes|Bulk cancel (paused|finished)/);
}

/** Waits until the job has finished, and returns the summary of its report. */
export async function waitForReport(page: Page, summary: string | RegExp = /\d/): Promise<string> {
  await waitForText(page, 'Bulk cancel finished', RUN);
  return waitForSummary(page, summary);
}

/** Waits until `count` cancels have reached the gateway. */
export async function waitForPatches(kit: ChromiumFixture, count: number): Promise<void> {
  await kit.sandbox.requests.waitFor('cancel', count, 20_000);
}

/** Presses a button that downloads a table, and returns the file's rows. */
export async function downloadRows(kit: ChromiumFixture, page: Page, button: string, wait: Wait = {}) {
  rmSync(kit.chromium.downloadDir, { recursive: true, force: true });
  await clickRole(page, 'button', button);
  const { name, text } = await waitForDownload(kit.chromium.downloadDir, /\.csv$/, wait);
  const { data } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), { header: true });
  return { name, text, rows: data };
}

/** The texts of the drawn rows of the table. */
export function drawnRows(page: Page): Promise<string[]> {
  return page.$$eval('tr[aria-rowindex]', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()).join(' | ')),
  );
}

/** The text of the toolbar icon's badge. */
export function badgeText(kit: ChromiumFixture): Promise<string> {
  return kit.chromium.evaluateInWorker(() => {
    const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
    return api.action.getBadgeText({});
  });
}

/** Cleans up after a test: ends an open job, and erases all jobs. */
export async function putBulkAway(kit: ChromiumFixture): Promise<void> {
  await kit.chromium.offline(false);
  await kit.reset();
  await kit.withOptions(async (page) => {
    const job = (await readJournal(page))?.job;
    if (job?.openFlag) await tell(page, 'stopJob', { jobId: job.jobId });
    await tell(page, 'clearHistory', {});
  });
  await kit.reset();
}

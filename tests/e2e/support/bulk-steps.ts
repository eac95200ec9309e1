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

/** A run waits for the gateway now and then, and goes on by itself. */
const RUN = { timeout: 60_000 };

export function openBulkTab(kit: ChromiumFixture): Promise<Page> {
  return kit.chromium.openPage('workbench.html#bulk');
}

/** Pastes a list and presses `Review IDs`. */
export async function reviewList(page: Page, ids: readonly string[] | string): Promise<void> {
  await paste(page, 'QR code IDs', typeof ids === 'string' ? ids : ids.join('\n'));
  await clickRole(page, 'button', 'Review IDs');
}

/** The summary of the review or of the report on screen, once it is this one, or fits. */
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

/** A number as the pages write it. */
export const inWords = (count: number) => count.toLocaleString('en-IN');

/** Reads the list, goes through the gate, and answers once the job is under way. */
export async function startJob(page: Page, ids: readonly string[]): Promise<void> {
  await reviewList(page, ids);
  await waitForSummary(page, `${inWords(ids.length)} will be cancelled`, RUN);
  await openQuestion(page, ids.length);
  await answerQuestion(page, ids.length);
}

/** Waits until a chosen file was read: the list is counted, or something is asked or refused. */
export async function waitForList(page: Page): Promise<void> {
  await until('the file to be read', async () => (await page.$('.figures, [role=alert]')) !== null);
}

/** Presses the button that asks whether so many codes are to be cancelled. */
export async function openQuestion(page: Page, count: number): Promise<void> {
  await clickRole(page, 'button', count === 1 ? 'Cancel 1 QR code…' : `Cancel ${inWords(count)} QR codes…`);
  await byRole(page, 'alertdialog');
}

/** Types the word where one is asked for, confirms, and waits until the job is on screen. */
export async function answerQuestion(page: Page, count: number): Promise<void> {
  const field = `Type CANCEL ${count} to confirm`;
  if (await hasRole(page, 'textbox', field)) await typeInto(page, field, `CANCEL ${count}`);
  await clickRole(page, 'button', count === 1 ? 'Cancel 1 QR code' : `Cancel ${inWords(count)} QR codes`);
  await waitForText(page, /Cancelling QR codes|Bulk cancel (paused|finished)/);
}

/** Waits until the job has finished, and answers what its report says. */
export async function waitForReport(page: Page, summary: string | RegExp = /\d/): Promise<string> {
  await waitForText(page, 'Bulk cancel finished', RUN);
  return waitForSummary(page, summary);
}

/** Waits until so many cancels have reached the gateway. */
export async function waitForPatches(kit: ChromiumFixture, count: number): Promise<void> {
  await kit.sandbox.requests.waitFor('cancel', count, 20_000);
}

/** Presses a button that downloads a table, and answers the file's rows. */
export async function downloadRows(kit: ChromiumFixture, page: Page, button: string, wait: Wait = {}) {
  rmSync(kit.chromium.downloadDir, { recursive: true, force: true });
  await clickRole(page, 'button', button);
  const { name, text } = await waitForDownload(kit.chromium.downloadDir, /\.csv$/, wait);
  const { data } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), { header: true });
  return { name, text, rows: data };
}

/** What the lines of the table on screen say, the ones that are drawn. */
export function drawnRows(page: Page): Promise<string[]> {
  return page.$$eval('tr[aria-rowindex]', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()).join(' | ')),
  );
}

/** What the toolbar's icon says. */
export function badgeText(kit: ChromiumFixture): Promise<string> {
  return kit.chromium.evaluateInWorker(() => {
    const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
    return api.action.getBadgeText({});
  });
}

/** Whatever a test has left: ends the job that is not over, and forgets all of them. */
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

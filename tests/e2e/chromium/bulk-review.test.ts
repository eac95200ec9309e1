import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { said } from '../../support/said.ts';
import { activeOf, eachOnce, freshId, patchCounts, putCodes } from '../support/bulk-codes.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import {
  answerQuestion,
  downloadRows,
  drawnRows,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

let kit: ChromiumFixture;
let folder: string;
beforeAll(async () => {
  kit = await openChromiumFixture();
  folder = await mkdtemp(join(tmpdir(), 'qr-cancel-lists-'));
});
afterAll(async () => {
  await kit?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => putBulkAway(kit));

const reads = () => kit.sandbox.requests.of('get');

function failReads(ids: readonly string[], httpStatus = 500): void {
  for (const qrCodeId of ids)
    kit.sandbox.faults.add({ on: 'get', qrCodeId, answer: { kind: 'status', httpStatus } });
}

const QUESTION = 'Which column holds the QR code IDs?';

/** The texts of the offered columns. */
async function columnsOffered(page: Page): Promise<string[]> {
  const group = await byRole(page, 'radiogroup', QUESTION);
  return group.$$eval('label', (labels) => labels.map((label) => (label as HTMLElement).innerText.trim()));
}

async function chooseColumn(page: Page, title: string): Promise<void> {
  const group = await byRole(page, 'radiogroup', QUESTION);
  for (const label of await group.$$('label'))
    if (
      await label.evaluate((element, begins) => (element as HTMLElement).innerText.startsWith(begins), title)
    )
      await label.click();
}

/** A list with two possible columns: the printed codes, and their replacements. */
function exportWithTwoColumns() {
  const printed = putCodes(kit, 3);
  const replacing = putCodes(kit, 3);
  const rows = printed.map((id, index) => `"Stall, ${index}","${id}","${replacing[index]}"`);
  return { printed, replacing, text: ['"Shop","QR code ID","Replaced by"', ...rows].join('\r\n') };
}

async function readIds(page: Page): Promise<(string | undefined)[]> {
  return (await drawnRows(page)).slice(1).map((row) => row.split(' | ')[1]);
}

describe('a file with several columns', () => {
  it('A59 reads nothing before a column is chosen, and names it in review, confirmation, history and exports', async () => {
    const { printed, replacing, text } = exportWithTwoColumns();
    const file = join(folder, 'export.csv');
    await writeFile(file, text);
    const page = await openBulkTab(kit);
    await chooseFile(page, 'Choose a CSV or text file', file);
    const shown = (ids: readonly string[]) => ids.join(', ');
    const offered = [`QR code ID: ${shown(printed)}`, `Replaced by: ${shown(replacing)}`];
    expect(await columnsOffered(page)).toEqual(offered);
    await clickRole(page, 'button', 'Review IDs');
    expect(await textOf(page, 'alert')).toContain(said('columnAsk'));
    expect(await columnsOffered(page)).toEqual(offered);
    expect(kit.sandbox.requests.all()).toEqual([]);

    await chooseColumn(page, 'QR code ID');
    await waitForText(page, '6 IDs in the text · 3 in the list · 3 left out');
    expect(kit.sandbox.requests.all()).toEqual([]);
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '3 will be cancelled');
    await waitForText(page, 'Column with the IDs: QR code ID');
    expect(await readIds(page)).toEqual(printed);

    await chooseColumn(page, 'Replaced by');
    expect(await hasRole(page, 'button', 'Cancel 3 QR codes…')).toBe(false);
    await clickRole(page, 'button', 'Review IDs');
    await until('the other column', async () => (await readIds(page))[0] === replacing[0]);
    const review = await downloadRows(kit, page, 'Download review (CSV)');
    expect(review.rows.map(({ idColumn }) => idColumn)).toEqual(replacing.map(() => 'Replaced by'));
    await openQuestion(page, 3);
    expect(await textOf(page, 'alertdialog')).toContain('Replaced by');
    await answerQuestion(page, 3);
    await waitForReport(page, '3 cancelled');
    expect(patchCounts(kit, replacing)).toEqual(eachOnce(replacing));
    expect(activeOf(kit, printed)).toEqual(printed);
    expect((await journalOf(page)).job).toMatchObject({ column: 'Replaced by' });
    const results = await downloadRows(kit, page, 'Download results (CSV)');
    expect(results.rows.map(({ idColumn }) => idColumn)).toEqual(replacing.map(() => 'Replaced by'));
  });

  it('lets the keyboard choose the column', async () => {
    const { replacing, text } = exportWithTwoColumns();
    const page = await openBulkTab(kit);
    await reviewList(page, text);
    await byRole(page, 'radiogroup', QUESTION);
    const first = await page.$('[role=radiogroup] input');
    await first?.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(kit.sandbox.requests.all()).toEqual([]);
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '3 will be cancelled');
    expect(await readIds(page)).toEqual(replacing);
  });

  it('can be dropped', async () => {
    const { printed, text } = exportWithTwoColumns();
    const page = await openBulkTab(kit);
    const field = await byRole(page, 'textbox', 'QR code IDs');
    await field.evaluate((element, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], 'export.csv', { type: 'text/csv' }));
      const about = { dataTransfer, bubbles: true, cancelable: true };
      element.dispatchEvent(new DragEvent('dragover', about));
      element.dispatchEvent(new DragEvent('drop', about));
    }, text);
    await chooseColumn(page, 'QR code ID');
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '3 will be cancelled');
    expect(await readIds(page)).toEqual(printed);
  });

  it('A60 shows the left-out words, and includes them on request', async () => {
    const [id = '', other = ''] = putCodes(kit, 2);
    const page = await openBulkTab(kit);
    await reviewList(page, `QR Code ID\tRemarks\n${id}\tsee ${other}\nTotal\t`);
    await waitForSummary(page, '1 will be cancelled');
    await waitForText(page, '2 IDs in the text · 1 in the list · 1 left out');
    const summary = await page.$('summary');
    await summary?.click();
    await waitForText(page, 'It stands in the column “Remarks”.');
    expect(reads().map(({ qrCodeId }) => qrCodeId)).toEqual([id]);
    await clickRole(page, 'button', `Add ${other} to the list`);
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '2 will be cancelled');
  });
});

describe('codes that could not be checked', () => {
  const TICK = 'Also cancel the 4 that could not be checked';

  async function reviewWithUnread() {
    const ids = putCodes(kit, 12);
    const unread = ids.filter((_, index) => index % 3 === 1);
    failReads(unread);
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForSummary(page, '8 will be cancelled · 4 could not be checked');
    return { page, ids, unread, rest: ids.filter((id) => !unread.includes(id)) };
  }

  it('are not sent unless their checkbox is ticked', async () => {
    const { page, unread, rest } = await reviewWithUnread();
    await byRole(page, 'checkbox', TICK);
    await openQuestion(page, 8);
    await answerQuestion(page, 8);
    await waitForReport(page, '8 cancelled');
    expect(patchCounts(kit, rest)).toEqual(eachOnce(rest));
    expect(activeOf(kit, unread)).toEqual(unread);
  });

  it('are sent if their checkbox is ticked', async () => {
    const { page, ids } = await reviewWithUnread();
    await clickRole(page, 'checkbox', TICK);
    await openQuestion(page, 12);
    await answerQuestion(page, 12);
    await waitForReport(page, '12 cancelled');
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
    expect(kindsOf(await journalOf(page))).toEqual({ cancelled: 12 });
  });

  it('are read again, alone, by the button below the review', async () => {
    const { page, unread } = await reviewWithUnread();
    kit.sandbox.faults.clear();
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Continue checking');
    await waitForSummary(page, '12 will be cancelled');
    expect(
      reads()
        .map(({ qrCodeId }) => qrCodeId)
        .toSorted(),
    ).toEqual(unread.toSorted());
  });
});

describe('the reading of a list', () => {
  it('can be stopped and continued', async () => {
    const ids = putCodes(kit, 150);
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 150 } });
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await byRole(page, 'progressbar', 'Checking QR codes');
    await waitForText(page, /[1-9]\d* of 150 checked/);
    await clickRole(page, 'button', 'Stop checking');
    const summary = await waitForSummary(page, /^\d+ will be cancelled · \d+ not checked yet$/);
    const [read = 0, notRead = 0] = (summary.match(/\d+/g) ?? []).map(Number);
    expect(read + notRead).toBe(150);
    await waitForText(page, 'Codes that were not checked are not cancelled.');
    await byRole(page, 'button', `Cancel ${read} QR codes…`);
    await until('the reads under way', () => reads().every(({ answeredStatus }) => answeredStatus));
    expect(reads().length).toBeLessThan(150);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Continue checking');
    await waitForSummary(page, '150 will be cancelled');
    expect(kit.patches()).toEqual([]);
  });

  it('waits if EnKash requests it, shows that, and continues by itself', async () => {
    const ids = putCodes(kit, 60);
    kit.sandbox.faults.add({
      on: 'get',
      qrCodeId: String(ids[10]),
      times: 1,
      answer: { kind: 'rate-limit', retryAfter: '2' },
    });
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForText(page, /EnKash asked us to wait\. Continuing in [12] s…/);
    const refused = reads().find(({ answeredStatus }) => answeredStatus === 429)?.at ?? 0;
    const sent = reads().length;
    await waitForSummary(page, '60 will be cancelled');
    const later = reads().slice(sent);
    expect(later.length).toBeGreaterThan(0);
    expect(Math.min(...later.map(({ at }) => at)) - refused).toBeGreaterThanOrEqual(2_000);
    expect(kit.callsFor(String(ids[10]))).toEqual(['GET 429', 'GET 200']);
  });

  it('stops if EnKash fails repeatedly, and unread codes need an explicit choice to be cancelled', async () => {
    const ids = putCodes(kit, 200);
    failReads(ids.slice(20));
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    expect(await textOf(page, 'alert')).toContain('Checking has stopped. Nothing was changed.');
    await waitForSummary(page, /^20 will be cancelled · 28 could not be checked · 152 not checked yet$/);
    expect(reads().length).toBeLessThan(100);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Continue checking');
    await waitForSummary(page, '200 will be cancelled');
  });

  it('continues if the worker is killed during it', async () => {
    const ids = putCodes(kit, 120);
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 100 } });
    const page = await openBulkTab(kit);
    await reviewList(page, [...ids, freshId()]);
    await waitForText(page, /[1-9]\d* of 121 checked/);
    await kit.chromium.killWorker();
    await waitForSummary(page, '120 will be cancelled · 1 not found', { timeout: 20_000 });
    expect(kit.patches()).toEqual([]);
  });
});

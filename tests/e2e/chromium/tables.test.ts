import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { freshId, putCodes } from '../support/bulk-codes.ts';
import {
  answerQuestion,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openHistoryTab } from '../support/history-steps.ts';
import { LONG } from '../support/page-states/visit.ts';
import { openSearchTab, searchFor } from '../support/search-steps.ts';
import { findTableFaults } from '../support/table-fit.ts';

const WIDTHS = [1280, 1000, 800, 380];
const MESSAGE = 'Approval of the branch manager is pending';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  kit.sandbox.qrCodes.put('UAT', { qrCodeId: freshId(), qrName: LONG.name, amount: 12_345_678.5 });
  kit.sandbox.qrCodes.put('UAT', { qrCodeId: freshId(), qrName: LONG.unbroken });
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

/** The faults of the tables at each width, and the headings that are displayed. */
async function lookAtWidths(page: Page) {
  const faults: string[] = [];
  const headings: Record<number, string[]> = {};
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 });
    // The table measures itself after the layout, and is drawn again.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    faults.push(...(await findTableFaults(page)).map((fault) => `${width} px: ${fault}`));
    headings[width] = await page.$$eval('th', (all) => all.map((each) => each.innerText.trim()));
  }
  return { faults, headings };
}

describe('no table scrolls sideways or cuts a column off', () => {
  it('the search results: the ID stays longest, with name and status below it', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, {}, /found\.$/);
    const { faults, headings } = await lookAtWidths(page);
    expect(faults).toEqual([]);
    expect(headings).toEqual({
      1280: ['Select', 'QR code ID', 'Name', 'Amount', 'Status', 'Uses', 'Reference', 'Created', 'Expiry'],
      1000: ['Select', 'QR code ID', 'Name', 'Amount', 'Status', 'Created'],
      800: ['Select', 'QR code ID', 'Name', 'Amount', 'Status'],
      380: ['Select', 'QR code ID'],
    });
    // The name and the status have moved below the ID.
    const drawn = await page.$eval('[role=grid] tbody.drawn', (rows) => rows.textContent);
    for (const folded of ['Charminar', 'Active']) expect(drawn).toContain(folded);
    await searchFor(page, { Text: 'SHRIMAHALAKSHMI' }, /^1 QR code found\.$/);
    expect((await lookAtWidths(page)).faults).toEqual([]);
  });

  it('the review, the left-out words, and the report', async () => {
    const [rejected = '', ...rest] = putCodes(kit, 8);
    kit.sandbox.faults.add({
      on: 'cancel',
      qrCodeId: rejected,
      answer: { kind: 'reject', code: 512, message: MESSAGE },
    });
    const page = await openBulkTab(kit);
    await reviewList(page, [rejected, ...rest, freshId(), rejected, 'a sentence without any ID', '1.23E+15']);
    await waitForSummary(page, /8 will be cancelled/);
    await (await page.$('summary'))?.click();
    await byRole(page, 'table', 'What was left out');
    const review = await lookAtWidths(page);
    expect(review.faults).toEqual([]);
    await page.setViewport({ width: 1280, height: 900 });
    await openQuestion(page, 8);
    await answerQuestion(page, 8);
    await waitForReport(page);
    const report = await lookAtWidths(page);
    expect(report.faults).toEqual([]);
    expect(report.headings[1000]).toEqual(report.headings[1280]);
    expect(report.headings[380]).toEqual(['No.', 'QR code ID']);
  });

  it('the history: time and code stay longest, with the outcome below the code', async () => {
    const page = await openBulkTab(kit);
    await reviewList(page, putCodes(kit, 3));
    await openQuestion(page, 3);
    await answerQuestion(page, 3);
    await waitForReport(page);
    await page.close();
    const history = await openHistoryTab(kit);
    await (await byRole(history, 'treegrid')).focus();
    await history.keyboard.press('ArrowDown');
    await history.keyboard.press('ArrowRight');
    const { faults, headings } = await lookAtWidths(history);
    expect(faults).toEqual([]);
    expect(headings[1280]).toHaveLength(9);
    expect(headings[1000]).toEqual(headings[1280]?.filter((title) => !/Duration|Reason/.test(title)));
    expect(headings[380]).toEqual(['Time', 'QR code']);
  });

  it('the connection check', async () => {
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'button', 'Edit Main counter');
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'Connection works.');
    expect((await lookAtWidths(options)).faults).toEqual([]);
  });
});

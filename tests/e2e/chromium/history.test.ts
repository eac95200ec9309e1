import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { makeHistory } from '../../support/history-rows.ts';
import { putCodes } from '../support/bulk-codes.ts';
import { downloadRows, openBulkTab, startJob, waitForReport } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { resetHistory, waitForMatches } from '../support/history-page.ts';
import {
  drawnLines,
  lineWith,
  openHistoryTab,
  rowsInJournal,
  seedHistory,
  setHistoryFilter,
  waitForRecord,
} from '../support/history-steps.ts';
import { enterId } from '../support/operator.ts';
import { tell } from '../support/tell.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => resetHistory(kit));

const REJECTS = { kind: 'reject', code: 2041, message: 'Approval pending' } as const;

/** Makes a history with real actions: a check, a cancel with a reason, a rejected one from the menu, and a job of four. */
async function makeSome() {
  const [checked, cancelled, rejected] = [kit.nextId(), kit.nextId(), kit.nextId()];
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: rejected, answer: REJECTS });
  const popup = await kit.openPopup();
  await enterId(popup, checked, 'Check status');
  await waitForText(popup, /Active\./);
  await enterId(popup, cancelled, 'Cancel QR code…');
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  await typeInto(popup, 'Reason (optional)', 'The stand was stolen');
  await clickRole(popup, 'button', 'Cancel QR code');
  await waitForText(popup, 'EnKash confirmed it.');
  await popup.close();
  await kit.chromium.clickMenu('cancel-qr-code', rejected);
  const fromMenu = await kit.chromium.waitForPopup();
  await clickRole(fromMenu, 'button', 'Cancel QR code');
  await waitForText(fromMenu, 'Approval pending');
  await kit.closePages();
  const job = putCodes(kit, 4);
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: String(job[2]), answer: REJECTS });
  const bulk = await openBulkTab(kit);
  await startJob(bulk, job);
  await waitForReport(bulk, '3 cancelled · 1 rejected');
  await kit.closePages();
  return { checked, cancelled, rejected, job };
}

type Made = Awaited<ReturnType<typeof makeSome>>;

/** Checks the origin, evidence, EnKash's message and reason of single attempts. */
async function expectSingleRows(page: Page, { checked, cancelled, rejected }: Made): Promise<void> {
  expect((await lineWith(page, checked)).slice(3)).toEqual([
    'Check',
    'Active by EnKash’s answer',
    expect.any(String),
    'Popup',
    expect.stringMatching(/^\d(\.\d)? secs?$/),
    '',
  ]);
  expect((await lineWith(page, cancelled)).slice(3)).toEqual([
    'Cancel',
    'Cancelled by EnKash’s answer',
    'SUCCESS (code 0)',
    'Popup',
    expect.stringMatching(/^\d(\.\d)? secs?$/),
    'The stand was stolen',
  ]);
  const [time, account, code, action, outcome, said, started] = await lineWith(page, rejected);
  expect(time).toMatch(/^\d+ \w+ \d{4} \d+:\d\d [ap]m$/);
  expect(account).toBe('Main counter UAT');
  expect(code).toMatch(new RegExp(`^${rejected} .+, ₹`));
  expect([action, outcome, said, started]).toEqual([
    'Cancel',
    'Rejected by EnKash’s answer',
    'Approval pending (code 2041)',
    'Right-click menu',
  ]);
}

/** Checks the group of the job, which opens with mouse and keyboard, and the details of a row. */
async function expectJobGroup(page: Page, { job }: Made): Promise<void> {
  const [heading] = await drawnLines(page);
  expect(heading).toEqual([
    expect.stringMatching(/^▸ Bulk cancel of .+: 3 cancelled · 1 rejected Main counter UAT$/),
  ]);
  const grid = await byRole(page, 'treegrid', 'History, row by row');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const ofJob = await lineWith(page, String(job[2]));
  expect(ofJob.slice(4, 7)).toEqual([
    'Rejected by EnKash’s answer',
    'Approval pending (code 2041)',
    expect.stringMatching(/^Workbench, bulk cancel no\. \d+$/),
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const details = await textOf(page, 'dialog');
  for (const part of ['Times sent', 'Attempt', 'Hash', 'Main counter', 'by EnKash’s answer'])
    expect(details).toContain(part);
  await page.keyboard.press('Escape');
  await waitUntilGone(page, 'dialog');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await until('the job to be closed', async () => (await drawnLines(page))[0]?.[0]?.startsWith('▸'));
}

/** Checks each filter alone, then that the address stores filters. Leaves two rows shown. */
async function expectFilters(page: Page): Promise<void> {
  const total = (await rowsInJournal(page)).length;
  const filters: [name: string, text: string, matching: number][] = [
    ['Find in history', 'stolen', 1],
    ['Find in history', 'approval', 2],
    ['Outcome', 'Rejected', 2],
    ['Action', 'Check', 1],
    ['Bulk cancel', 'No. ', 4],
    ['From', '2001-01-01', total],
    ['To', '2001-01-01', 0],
    ['Environment', 'LIVE', 0],
  ];
  for (const [name, text, matching] of filters) {
    await setHistoryFilter(page, name, text);
    await waitForMatches(
      page,
      matching === total
        ? `${total} rows`
        : `${matching} of ${total} rows ${matching === 1 ? 'matches' : 'match'}`,
    );
    await clickRole(page, 'button', 'Clear filters');
  }
  await setHistoryFilter(page, 'Outcome', 'Rejected');
  await setHistoryFilter(page, 'Find in history', 'approval');
  expect(await page.evaluate(() => location.search + location.hash)).toBe(
    '?find=approval&outcome=rejected#history',
  );
  await page.reload();
  await waitForMatches(page, `2 of ${total} rows match`);
}

/** Checks that the export has the two rows on screen. */
async function expectExport(page: Page, { job, rejected }: Made): Promise<void> {
  const { rows } = await downloadRows(kit, page, 'Export history (CSV)');
  expect(
    rows.map(({ qrCodeId, outcome: what, code: gatewayCode, startedFrom }) => [
      qrCodeId,
      what,
      gatewayCode,
      startedFrom,
    ]),
  ).toEqual([
    [job[2], 'Rejected', '2041', 'Workbench'],
    [rejected, 'Rejected', '2041', 'Right-click menu'],
  ]);
  const shown = (await drawnLines(page)).map((cells) => cells[2]?.split(' ')[0]).filter(Boolean);
  expect(rows.map(({ qrCodeId }) => qrCodeId)).toEqual(shown);
}

async function expectNotificationOpensRow(page: Page, { cancelled }: Made): Promise<void> {
  const row = (await rowsInJournal(page)).find((each) => 'qrCodeId' in each && each.qrCodeId === cancelled);
  await kit.closePages();
  await kit.chromium.clickNotification(`attempt-${row && 'attemptId' in row && row.attemptId}`);
  const opened = await kit.chromium.waitForPage('workbench.html');
  const current = await until('the current row', () =>
    opened.$$eval('tr[aria-current=true]', (all) => all[0]?.innerText),
  );
  expect(current).toContain(cancelled);
}

describe('the history', () => {
  it('shows all facts, groups by job, filters, exports, and opens from a notification', async () => {
    const made = await makeSome();
    const page = await openHistoryTab(kit);
    await waitForRecord(page, /Record complete: \d+ rows, unchanged since/);
    await expectSingleRows(page, made);
    await expectJobGroup(page, made);
    await expectFilters(page);
    await expectExport(page, made);
    await expectNotificationOpensRow(page, made);
  });

  it('appends new rows to an open tab without reading the others again', async () => {
    const page = await openHistoryTab(kit);
    await seedHistory(page, makeHistory(2_000, Date.now()));
    await page.reload();
    await waitForRecord(page, 'Record complete: 2,000 rows');
    await page.evaluate(() => {
      const read: number[] = [];
      const { getAll } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.getAll = function (...args) {
        const request = getAll.apply(this, args);
        if (this.name === 'history')
          request.addEventListener('success', () => read.push(request.result.length));
        return request;
      };
      Object.assign(globalThis, { read });
    });
    const ids = putCodes(kit, 6);
    const bulk = await openBulkTab(kit);
    await startJob(bulk, ids);
    await waitForReport(bulk, '6 cancelled');
    await page.bringToFront();
    await waitForRecord(page, 'Record complete: 2,006 rows');
    expect((await drawnLines(page))[0]?.[0]).toContain('6 cancelled');
    const read = await page.evaluate(() => (globalThis as unknown as { read: number[] }).read);
    expect(read.reduce((sum, count) => sum + count, 0)).toBeLessThan(100);
  });
});

describe('H5 the operator’s name', () => {
  it('is in each row after the operator has entered it', async () => {
    const [before, checked] = [kit.nextId(), kit.nextId()];
    const popup = await kit.openPopup();
    await enterId(popup, before, 'Check status');
    await waitForText(popup, /Active\./);
    await kit.withOptions(async (options) => {
      await typeInto(options, 'Your name (optional)', ' Asha Rao ');
      await options.keyboard.press('Enter');
      await until('the name to be kept', async () => {
        const { settings } = (await tell(options, 'getAppState', {})) as { settings: { operator: string } };
        return settings.operator === 'Asha Rao';
      });
      await options.reload();
      expect(await textOf(options, 'textbox', 'Your name (optional)')).toBe('Asha Rao');
    });
    await popup.bringToFront();
    await enterId(popup, checked, 'Check status');
    await waitForText(popup, new RegExp(checked));
    const job = putCodes(kit, 2);
    const bulk = await openBulkTab(kit);
    await startJob(bulk, job);
    await waitForReport(bulk, '2 cancelled');
    await kit.closePages();

    const page = await openHistoryTab(kit);
    expect((await lineWith(page, checked))[6]).toBe('Popup Asha Rao');
    expect((await lineWith(page, before))[6]).toBe('Popup');
    expect((await drawnLines(page))[0]?.[0]).toContain('Asha Rao');
    await setHistoryFilter(page, 'Find in history', 'asha rao');
    await waitForMatches(page, `3 of ${(await rowsInJournal(page)).length} rows match`);
    const { rows } = await downloadRows(kit, page, 'Export history (CSV)');
    expect(rows.map(({ qrCodeId, operator }) => `${qrCodeId} ${operator}`).toSorted()).toEqual(
      [...job, checked].map((id) => `${id} Asha Rao`).toSorted(),
    );
  });
});

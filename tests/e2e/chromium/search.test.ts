import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { allByRole, byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { downloadRows, inWords, putBulkAway, waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { idOf, putCatalogue, rowCount, total } from '../support/search-catalogue.ts';
import { drawnCells, openSearchTab, searches, searchFor, setFilters } from '../support/search-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  putCatalogue(kit);
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

describe('50,000 codes', () => {
  it('are read page by page, drawn in part, sorted by a column, and all selected', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, {}, `${inWords(total(kit))} QR codes found.`);
    for (const { query } of searches(kit))
      expect(Number(new URLSearchParams(query).get('limit'))).toBeLessThanOrEqual(5_000);
    expect(await rowCount(page)).toBe(total(kit));
    expect((await page.$$('tr')).length).toBeLessThanOrEqual(80);

    const started = Date.now();
    await clickRole(page, 'button', 'Amount');
    await until('the sorted rows', async () => (await drawnCells(page))[0]?.[3] === '₹0');
    await clickRole(page, 'button', 'Amount');
    const amounts = kit.sandbox.qrCodes.all('UAT').map(({ amount }) => Number(amount ?? 0));
    const highest = `₹${inWords(amounts.reduce((high, amount) => Math.max(high, amount)))}`;
    await until('the rows the other way round', async () => (await drawnCells(page))[0]?.[3] === highest);
    expect(Date.now() - started).toBeLessThan(5_000);
    const [sorted] = await allByRole(page, 'columnheader', 'Amount');
    expect(await sorted?.evaluate((header) => header.getAttribute('aria-sort'))).toBe('descending');

    await clickRole(page, 'button', `Select all ${inWords(total(kit))}`);
    await waitForText(page, `${inWords(total(kit))} selected`);
    expect((await page.$$('tr')).length).toBeLessThanOrEqual(80);
    await clickRole(page, 'button', 'Select none');
    await waitUntilGone(page, 'button', 'Select none');
    expect(kit.patches()).toEqual([]);
  });

  it('can be filtered by all filters together', async () => {
    const page = await openSearchTab(kit);
    const filters = {
      Text: 'paan',
      Status: 'Active',
      'Created from': '2026-03-01',
      'Created to': '2026-03-31',
      'Amount from': '100',
      'Amount to': '400',
      Use: 'Multiple',
    };
    const fits = (code: Record<string, unknown>) =>
      /paan/i.test(String(code.qrName)) &&
      code.status === 'ACTIVE' &&
      String(code.createdOn).startsWith('2026-03') &&
      Number(code.amount) >= 100 &&
      Number(code.amount) <= 400 &&
      code.multipleUse === true;
    const expected = kit.sandbox.qrCodes.all('UAT').filter(fits).length;
    expect(expected).toBeGreaterThan(50);
    await searchFor(page, filters, `${inWords(expected)} QR codes found.`);
    const [{ body } = { body: '' }] = searches(kit);
    expect(JSON.parse(String(body))).toEqual({
      status: 'ACTIVE',
      createdOnFrom: '2026-02-28',
      createdOnTo: '2026-04-01',
      amountFrom: 99,
      amountTo: 401,
    });
    expect(await page.$$eval('.report.warning', (notes) => notes.length)).toBe(0);
  });

  it('can be found by customer, whose data is only in the details', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, { Text: 'asha rao' }, '1 QR code found.');
    expect(await textOf(page, 'grid')).not.toContain('Asha');
    await clickRole(page, 'button', idOf(77));
    expect(await textOf(page, 'region', 'QR code details')).toContain('Asha Rao');
    const { rows, text } = await closeAndDownload(page);
    expect(rows.map(({ qrCodeId }) => qrCodeId)).toEqual([idOf(77)]);
    expect(text).not.toContain('Asha');
  });

  async function closeAndDownload(page: Page) {
    await clickRole(page, 'button', 'Close');
    return downloadRows(kit, page, 'Export (CSV)');
  }

  it('are exported with neutralised formulas', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, { Text: '=sum(1)', 'Amount to': '100' }, /^[\d,]+ QR codes found\.$/);
    const { rows } = await downloadRows(kit, page, 'Export (CSV)');
    expect(rows).toHaveLength(await rowCount(page));
    for (const { name } of rows) expect(name).toMatch(/^'=SUM\(1\) \d+$/);
  });
});

describe('a search', () => {
  it('is stored in the address, and repeated when the page loads', async () => {
    const page = await openSearchTab(kit);
    await searchFor(
      page,
      { Text: 'books 12', Status: 'Cancelled', 'Amount from': '5' },
      /QR codes? found\.$/,
    );
    const summary = await textOf(page, 'status');
    const address = await page.evaluate(() => location.search + location.hash);
    expect(address).toBe('?text=books+12&status=CANCELLED&amountFrom=5#search');
    await page.reload();
    await waitForSummary(page, summary, { timeout: 30_000 });
    expect(await textOf(page, 'textbox', 'Text')).toBe('books 12');
    await clickRole(page, 'tab', 'History');
    expect(await page.evaluate(() => location.search + location.hash)).toBe(
      address.replace('search', 'history'),
    );
  });

  it('that is stopped requests no further page, and can be continued', async () => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'slow', ms: 400 } });
    const page = await openSearchTab(kit);
    await clickRole(page, 'button', 'Search QR codes');
    await waitForText(page, /Searching… [1-9][\d,]* found so far\./);
    await clickRole(page, 'button', 'Stop');
    const sent = searches(kit).length;
    await waitForText(page, /found so far\. There may be more\./);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(searches(kit)).toHaveLength(sent);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Continue searching');
    await waitForSummary(page, `${inWords(total(kit))} QR codes found.`, { timeout: 60_000 });
  });

  it('without a result says so, and one with an empty range is not sent', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, { 'Created from': '2031-01-01' }, 'No QR code found.');
    const sent = searches(kit).length;
    await setFilters(page, { 'Created to': '2030-01-01' });
    await clickRole(page, 'button', 'Search QR codes');
    expect(await textOf(page, 'alert')).toContain('nothing can match');
    expect(searches(kit)).toHaveLength(sent);
  });

  it('with an invalid filter, typed or in a bookmark, is not sent', async () => {
    const page = await openSearchTab(kit, '?status=cancelled&amountFrom=5');
    expect(await textOf(page, 'alert')).toContain('“cancelled” can’t be searched for here.');
    await clickRole(page, 'button', 'Clear filters');
    await waitUntilGone(page, 'alert');
    for (const amount of ['1,000', '1e3', 'ten', '-5']) {
      await typeInto(page, 'Amount from', amount);
      await page.keyboard.press('Enter');
      expect(await textOf(page, 'alert')).toContain('Enter rupees in digits without commas');
      expect(await textOf(page, 'textbox', 'Amount from')).toBe(amount);
    }
    expect(searches(kit)).toEqual([]);
    await searchFor(page, { 'Amount from': '999' }, /^[\d,]+ QR codes found\.$/);
    expect(await page.evaluate(() => location.search)).toBe('?amountFrom=999');
    for (const cells of await drawnCells(page))
      expect(Number(cells[3]?.replace(/[₹,]/g, ''))).toBeGreaterThanOrEqual(999);
  });

  it('under way with changed filters offers no cancel', async () => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'slow', ms: 400 } });
    const page = await openSearchTab(kit);
    await clickRole(page, 'button', 'Search QR codes');
    await waitForText(page, /Searching… [1-9][\d,]* found so far\./);
    await clickRole(page, 'checkbox', `Select ${(await drawnCells(page))[0]?.[1]}`);
    await byRole(page, 'button', 'Cancel 1 QR code…');
    await setFilters(page, { 'Amount from': '1,000' });
    await waitForText(page, 'The filters have been changed since');
    const cancel = await byRole(page, 'button', 'Cancel 1 QR code…');
    expect(await cancel.evaluate((button) => (button as HTMLButtonElement).disabled)).toBe(true);
  });

  it('that fails reports it, keeps its results, and can be continued', async () => {
    const page = await openSearchTab(kit);
    kit.sandbox.faults.add({
      on: 'search',
      answer: { kind: 'reject', code: 77, message: 'Search is closed' },
    });
    await clickRole(page, 'button', 'Search QR codes');
    const alert = await textOf(page, 'alert');
    expect(alert).toContain('Searching has stopped. Nothing was changed.');
    expect(alert).toContain('“Search is closed” (code 77)');
    kit.sandbox.faults.clear();
    kit.sandbox.faults.add({ on: 'search', times: 1, answer: { kind: 'rate-limit', retryAfter: '2' } });
    await clickRole(page, 'button', 'Continue searching');
    await waitForText(page, /EnKash asked us to wait\. Continuing in [12] s…/);
    await waitForSummary(page, `${inWords(total(kit))} QR codes found.`, { timeout: 60_000 });
  });
});

import type { KeyInput, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { allByRole, byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { eachOnce, patchCounts } from '../support/bulk-codes.ts';
import {
  answerQuestion,
  downloadRows,
  openQuestion,
  putBulkAway,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { seedAccount } from '../support/operator.ts';
import {
  drawnCells,
  drawnSelected,
  openSearchTab,
  searches,
  searchFor,
  setFilters,
  watchClipboard,
} from '../support/search-steps.ts';

const COUNT = 50_000;
const SHOPS = ['Tea', 'Books', '=SUM(1)', 'Paan', 'Saris'];
const idOf = (index: number) => `QR26SRCH${String(index).padStart(6, '0')}`;
const isCancelled = (index: number) => index % 10 === 3;

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  const { qrCodes } = kit.sandbox;
  for (const { qrCodeId } of qrCodes.all('UAT'))
    qrCodes.put('UAT', { qrCodeId, createdOn: undefined, status: 'SEEDED' });
  for (let index = 0; index < COUNT; index += 1) {
    const minute = String(index % 60).padStart(2, '0');
    const day = String(1 + (index % 28)).padStart(2, '0');
    qrCodes.put('UAT', {
      qrCodeId: idOf(index),
      qrName: `${SHOPS[index % SHOPS.length]} ${index}`,
      amount: index % 1_000,
      status: isCancelled(index) ? 'CANCELLED' : 'ACTIVE',
      multipleUse: index % 2 === 0,
      createdOn: `2026-0${1 + (index % 9)}-${day}T10:${minute}:00.000`,
      referenceNumber: `REF${index}`,
      customerName: index === 77 ? 'Asha Rao' : `Customer ${index}`,
      customerMobile: `+91 00000 ${index}`,
    });
  }
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

const total = () => kit.sandbox.qrCodes.all('UAT').length;
const inWords = (count: number) => count.toLocaleString('en-IN');
const rowCount = async (page: Page) =>
  Number(await (await byRole(page, 'grid')).evaluate((grid) => grid.getAttribute('aria-rowcount'))) - 1;
async function click(page: Page, id: string | undefined, key?: 'Shift'): Promise<void> {
  if (key) await page.keyboard.down(key);
  await clickRole(page, 'checkbox', `Select ${id}`);
  if (key) await page.keyboard.up(key);
}

async function press(page: Page, held: 'Shift' | 'Control', ...keys: KeyInput[]): Promise<void> {
  await page.keyboard.down(held);
  for (const key of keys) await page.keyboard.press(key);
  await page.keyboard.up(held);
}

describe('50,000 codes', () => {
  it('are found page by page, few of them drawn, sorted by any column, and all selected once', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, {}, `${inWords(total())} QR codes found.`);
    for (const { query } of searches(kit))
      expect(Number(new URLSearchParams(query).get('limit'))).toBeLessThanOrEqual(5_000);
    expect(await rowCount(page)).toBe(total());
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

    await clickRole(page, 'button', `Select all ${inWords(total())}`);
    await waitForText(page, `${inWords(total())} selected`);
    expect((await page.$$('tr')).length).toBeLessThanOrEqual(80);
    await clickRole(page, 'button', 'Select none');
    await waitUntilGone(page, 'button', 'Select none');
    expect(kit.patches()).toEqual([]);
  });

  it('are filtered by everything there is a filter for', async () => {
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

  it('are found by a customer, whose data is shown in the details alone', async () => {
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

  it('are exported with formulas made harmless', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, { Text: '=sum(1)', 'Amount to': '100' }, /^[\d,]+ QR codes found\.$/);
    const { rows } = await downloadRows(kit, page, 'Export (CSV)');
    expect(rows).toHaveLength(await rowCount(page));
    for (const { name } of rows) expect(name).toMatch(/^'=SUM\(1\) \d+$/);
  });
});

describe('a search', () => {
  it('is kept in the address, and made again when the page is loaded with it', async () => {
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

  it('that is stopped sends no further page, and goes on when asked to', async () => {
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
    await clickRole(page, 'button', 'Search on');
    await waitForSummary(page, `${inWords(total())} QR codes found.`, { timeout: 60_000 });
  });

  it('that finds nothing says so, and one with an empty range is not made', async () => {
    const page = await openSearchTab(kit);
    await searchFor(page, { 'Created from': '2031-01-01' }, 'No QR code found.');
    const sent = searches(kit).length;
    await setFilters(page, { 'Created to': '2030-01-01' });
    await clickRole(page, 'button', 'Search QR codes');
    expect(await textOf(page, 'alert')).toContain('nothing can match');
    expect(searches(kit)).toHaveLength(sent);
  });

  it('with what is no filter is not made without it, be it typed or a bookmark’s', async () => {
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

  it('under way, with other filters in the fields by now, gives nothing to be cancelled', async () => {
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

  it('that fails says what happened, keeps what was found, and goes on', async () => {
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
    await clickRole(page, 'button', 'Search on');
    await waitForText(page, /EnKash asked to wait\. Going on in [12] s…/);
    await waitForSummary(page, `${inWords(total())} QR codes found.`, { timeout: 60_000 });
  });
});

describe('a gateway that is not to be relied on', () => {
  it('and ignores every filter: what does not match is not shown, and it is said', async () => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'ignore-filters' } });
    const page = await openSearchTab(kit);
    const expected = Array.from({ length: COUNT }).filter((_, index) => isCancelled(index)).length;
    await searchFor(page, { Status: 'Cancelled' }, `${inWords(expected)} QR codes found.`);
    await waitForText(page, /EnKash ignored a filter, or part of it \(Status\)/);
    for (const cells of await drawnCells(page)) expect(cells[4]).toBe('Cancelled');
    const { rows } = await downloadRows(kit, page, 'Export (CSV)');
    expect(rows).toHaveLength(expected);
    expect(rows.every(({ status }) => status === 'CANCELLED')).toBe(true);
  });

  it.each([
    ['overlap', 120],
    ['shift', -120],
  ])('and gives pages that %s: no code comes twice', async (_, by) => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'shift-pages', by } });
    const page = await openSearchTab(kit);
    await searchFor(page, { Status: 'Active' }, /^[\d,]+ QR codes found\.$/);
    if (by > 0) await waitForText(page, 'a second time');
    await clickRole(page, 'button', `Select all ${inWords(await rowCount(page))}`);
    await waitForText(page, `${inWords(await rowCount(page))} selected`);
    const { rows } = await downloadRows(kit, page, 'Export (CSV)');
    expect(new Set(rows.map(({ qrCodeId }) => qrCodeId)).size).toBe(rows.length);
    expect(rows).toHaveLength(await rowCount(page));
    expect(rows.every(({ status }) => status === 'ACTIVE')).toBe(true);
  });

  it.each(['content', 'items', 'data'] as const)('and puts the list under “%s”', async (under) => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'wrap-list', under, total: true } });
    const page = await openSearchTab(kit);
    await searchFor(page, { Text: 'Saris 1234' }, /QR codes? found\.$/);
    expect((await drawnCells(page)).map(([, id]) => id)).toContain(idOf(1234));
  });

  it.each(['array', 'string', 'null', 'nested'] as const)(
    'and answers in another shape: %s',
    async (shape) => {
      kit.sandbox.faults.add({ on: 'search', answer: { kind: 'wrong-shape', shape } });
      const page = await openSearchTab(kit);
      await clickRole(page, 'button', 'Search QR codes');
      expect(await textOf(page, 'alert')).toContain('EnKash’s answer could not be understood.');
      expect(await hasRole(page, 'grid')).toBe(false);
    },
  );

  it('and lays other values over every code: none of them matches', async () => {
    kit.sandbox.faults.add({
      on: 'search',
      answer: { kind: 'merge', fields: { status: 'On hold', createdOn: 'yesterday', amount: '1 lakh' } },
    });
    const page = await openSearchTab(kit);
    await searchFor(page, { 'Amount from': '1', 'Created to': '2030-01-01' }, 'No QR code found.');
    await waitForText(page, /EnKash ignored a filter, or part of it \(Created to, Amount from\)/);
  });
});

describe('rows', () => {
  // 22 codes: more than may be cancelled without typing their number.
  const FEW = { Text: 'books 123' };
  const few = Array.from({ length: COUNT }, (_, index) => index).filter(
    (index) => index % 5 === 1 && String(index).startsWith('123'),
  );

  async function openFew(): Promise<{ page: Page; ids: string[] }> {
    const page = await openSearchTab(kit);
    await searchFor(page, FEW, `${few.length} QR codes found.`);
    return { page, ids: few.map(idOf) };
  }

  it('are selected by click, Shift-click and keyboard', async () => {
    const { page, ids } = await openFew();
    const selected = (...indices: number[]) =>
      until(`selected: ${indices}`, async () => {
        const drawn = await drawnSelected(page);
        return drawn.join() === indices.map((index) => ids[index]).join();
      });
    await clickRole(page, 'button', 'QR code ID');
    await click(page, ids[0]);
    await selected(0);
    await click(page, ids[4], 'Shift');
    await selected(0, 1, 2, 3, 4);
    await click(page, ids[2], 'Shift');
    await selected(0, 1, 2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await selected(0, 1, 2, 4);
    await press(page, 'Shift', 'ArrowDown', 'ArrowDown', 'ArrowUp');
    await selected(0, 1, 2, 4, 5);
    await click(page, ids[1]);
    await selected(0, 2, 4, 5);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await byRole(page, 'heading', ids.at(-1));
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'heading', ids.at(-1));
    await press(page, 'Control', 'a');
    await waitForText(page, `${few.length} selected`);
  });

  it('are all selected, reviewed and cancelled: these and no others, each once', async () => {
    const { page, ids } = await openFew();
    await clickRole(page, 'button', `Select all ${few.length}`);
    await clickRole(page, 'button', `Cancel ${few.length} QR codes…`);
    await waitForSummary(page, `${few.length} will be cancelled`);
    expect(kit.patches()).toEqual([]);
    await openQuestion(page, few.length);
    await answerQuestion(page, few.length);
    await waitForReport(page, `${few.length} cancelled`);
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  });

  it('of fields that are too long, or look like a page, are shown as text of two lines', async () => {
    const long = 'Sari '.repeat(20_000);
    const odd = [
      { qrName: long },
      { referenceNumber: long },
      { status: long },
      { createdOn: `2026-01-01 ${long}` },
      { amount: long },
      { qrName: '<img src=x onerror=alert(1)>', referenceNumber: 'a\nb\u202ec' },
    ];
    for (const [index, fields] of odd.entries())
      kit.sandbox.qrCodes.put('UAT', { qrCodeId: `QR26ODD${index}`, ...fields });
    const page = await openSearchTab(kit);
    await searchFor(page, { Text: 'QR26ODD' }, `${odd.length} QR codes found.`);
    const heights = await page.$$eval('tr[data-index]', (rows) =>
      rows.map(({ offsetHeight }) => offsetHeight),
    );
    expect(heights).toHaveLength(odd.length);
    for (const height of heights) expect(height).toBeLessThanOrEqual(100);
    expect(await page.$$eval('[role=grid] img', (images) => images.length)).toBe(0);
    expect(await textOf(page, 'grid')).toContain('<img src=x onerror=alert(1)>');
    expect(await textOf(page, 'grid')).toContain('b‹U+202E›c');
    for (const index of odd.keys())
      kit.sandbox.qrCodes.put('UAT', { qrCodeId: `QR26ODD${index}`, status: 'SEEDED', createdOn: undefined });
  });

  it('found with one account are gone when another one is in use', async () => {
    await kit.withOptions((options) => seedAccount(options, kit.sandbox, { name: 'Second counter' }));
    await kit.withOptions((options) => clickRole(options, 'radio', 'Use Main counter'));
    const { page } = await openFew();
    await clickRole(page, 'button', `Select all ${few.length}`);
    await page.select('header select', await otherAccount(page));
    await waitUntilGone(page, 'grid');
    expect(await textOf(page, 'textbox', 'Text')).toBe(FEW.Text);
  });

  function otherAccount(page: Page): Promise<string> {
    return page.$eval('header select', (select) => {
      const { options, value } = select as HTMLSelectElement;
      return [...options].find((option) => option.value !== value)?.value ?? '';
    });
  }
});

describe('the details', () => {
  it('show the image, and give id, row and image away', async () => {
    const [seeded] = kit.sandbox.qrCodes.all('UAT');
    const id = String(seeded?.qrCodeId);
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: '=1+1', amount: 5, referenceNumber: 'A B' });
    const page = await openSearchTab(kit, `?text=${id}`);
    await waitForSummary(page, '1 QR code found.', { timeout: 30_000 });
    await clickRole(page, 'button', id);
    await byRole(page, 'image', `QR code ${id}`);
    const clipboard = await watchClipboard(page);
    await clickRole(page, 'button', 'Copy QR code ID');
    await waitForText(page, 'Copied.');
    await clickRole(page, 'button', 'Copy as a row');
    await until('the row', async () => (await clipboard()).length === 2);
    const [first, row = ''] = await clipboard();
    expect(first).toBe(id);
    expect(row.split('\t').slice(0, 4)).toEqual([id, `"'=1+1"`, '5', 'SEEDED']);
    await clickRole(page, 'button', 'Download image');
    const image = await waitForDownload(kit.chromium.downloadDir, /\.png$/);
    expect(image.name).toBe(`qr-code-${id}.png`);
  });
});

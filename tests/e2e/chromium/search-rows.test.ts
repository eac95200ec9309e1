import type { KeyInput, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { eachOnce, patchCounts } from '../support/bulk-codes.ts';
import {
  answerQuestion,
  openQuestion,
  putBulkAway,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { seedAccount, useAccount } from '../support/operator.ts';
import { COUNT, idOf, putCatalogue } from '../support/search-catalogue.ts';
import { drawnSelected, openSearchTab, searchFor, watchClipboard } from '../support/search-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  putCatalogue(kit);
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

async function click(page: Page, id: string | undefined, key?: 'Shift'): Promise<void> {
  if (key) await page.keyboard.down(key);
  await clickRole(page, 'checkbox', `Select ${id}`);
  if (key) await page.keyboard.up(key);
}

async function press(page: Page, modifier: 'Shift' | 'Control', ...keys: KeyInput[]): Promise<void> {
  await page.keyboard.down(modifier);
  for (const key of keys) await page.keyboard.press(key);
  await page.keyboard.up(modifier);
}

describe('rows', () => {
  // 22 codes: more than can be cancelled without typing their number.
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

  it('can all be selected, reviewed and cancelled: only these, each once', async () => {
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

  it('with very long fields or markup show them as text in two lines', async () => {
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

  it('of one account are removed when another one is selected', async () => {
    await kit.withOptions((options) => seedAccount(options, kit.sandbox, { name: 'Second counter' }));
    await kit.withOptions((options) => useAccount(options, 'Main counter'));
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
  it('show the image, and let the operator copy id and row and download the image', async () => {
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

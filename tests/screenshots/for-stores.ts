import type { Page } from 'puppeteer-core';
import { openBulkTab, reviewList, waitForSummary } from '../e2e/support/bulk-steps.ts';
import type { ChromiumFixture } from '../e2e/support/chromium-fixture.ts';
import { enterId } from '../e2e/support/operator.ts';
import { openSearchTab } from '../e2e/support/search-steps.ts';
import { openDemoPage } from '../harness/demo-page.ts';
import { byRole, waitForText } from '../harness/find.ts';
import type { Size } from '../harness/screenshot.ts';
import { type Album, storeSize } from './catalogue.ts';
import { addressOf, inThemes, layers, pictureIn } from './layers.ts';

const popup = { width: 380, height: 600 };
const panel = { width: 360, height: storeSize.height };
/** Larger lists require typing their number. */
const bulkSize = 120;

/** The pictures for the stores: the popup and the side panel over a web page, and a realistic list. */
export async function photographForStores(kit: ChromiumFixture, album: Album): Promise<void> {
  await photographOverWebPage(kit, album);
  const ids = Array.from({ length: bulkSize }, (_, index) => {
    const qrCodeId = `QR26MELA${String(index + 1).padStart(6, '0')}`;
    kit.sandbox.qrCodes.put('UAT', {
      qrCodeId,
      qrName: `Mela stall ${index + 1}`,
      amount: 250,
      status: 'ACTIVE',
    });
    return qrCodeId;
  });
  const page = await openBulkTab(kit);
  await reviewList(page, [...ids, String(ids[0]), '1.23E+15', 'QR26NOSUCHCODE']);
  await waitForSummary(page, new RegExp(`^${bulkSize} will be cancelled`), { timeout: 60_000 });
  await album.addForStores(page, '3-review');
  await page.close();
  await photographSearch(kit, album);
}

async function photographSearch(kit: ChromiumFixture, album: Album): Promise<void> {
  const page = await openSearchTab(kit, '?status=ACTIVE');
  await waitForSummary(page, /QR codes found\.$/, { timeout: 60_000 });
  await page.focus('[role=grid]');
  for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'ArrowDown', 'Space'] as const)
    await page.keyboard.press(key);
  await waitForText(page, '2 selected');
  await page.evaluate(() => scrollTo(0, 0));
  await album.addForStores(page, '4-search');
  await page.close();
}

/** Photographs popup and panel at their size in the browser, and places them over the page. */
async function photographOverWebPage(kit: ChromiumFixture, album: Album): Promise<void> {
  const { browser } = kit.chromium;
  const web = await openDemoPage(browser, kit.sandbox);
  const question = await kit.openPopup();
  await enterId(question, kit.nextId(), 'Cancel QR code…');
  await byRole(question, 'alertdialog', 'Cancel this QR code?');
  const beside = await kit.chromium.openPage('popup.html?panel');
  await enterId(beside, kit.nextId(), 'Check status');
  await waitForText(beside, /^Active\./m);

  const table = await browser.newPage();
  const lay = async (name: string, page: Page, size: Size, webSize: Size, place: string) => {
    const above = pictureIn(await inThemes(page, size), place);
    await table.setContent(layers(await addressOf(web, webSize), above), { waitUntil: 'load' });
    await album.addForStores(table, name);
  };
  const shadow = 'box-shadow:0 6px 28px #0007';
  await lay('1-question', question, popup, storeSize, `top:8px;right:24px;border-radius:8px;${shadow}`);
  const rest = { width: storeSize.width - panel.width, height: storeSize.height };
  await lay('2-panel', beside, panel, rest, 'top:0;right:0;border-left:1px solid #8888');
  await kit.closePages();
}

import type { Page } from 'puppeteer-core';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { putCodes } from '../e2e/support/bulk-codes.ts';
import {
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  waitForSummary,
} from '../e2e/support/bulk-steps.ts';
import type { ChromiumFixture } from '../e2e/support/chromium-fixture.ts';
import { confirmCancel, enterId } from '../e2e/support/operator.ts';
import { openPopupOver } from '../e2e/support/page-states/find.ts';
import { clickRole, typeInto } from '../harness/act.ts';
import { openDemoPage, selectFirstId } from '../harness/demo-page.ts';
import { byRole, waitForText } from '../harness/find.ts';
import { type Album, filmSize } from './catalogue.ts';
import { addressOf, inThemes, layers, pictureIn } from './layers.ts';

const popup = { width: 380, height: 584 };
const PLACE = 'top:8px;right:12px;border-radius:8px;box-shadow:0 6px 28px #0007';
const LIST_SIZE = 46;

/** The film strip of the README: the main stories in eight small pictures, in both themes. Needs an account. */
export async function photographFilm(kit: ChromiumFixture, album: Album): Promise<void> {
  await photographOneCode(kit, album);
  await photographList(kit, album);
  await photographPicture(kit, album);
}

/** Selected text, the menu, the question, the result. */
async function photographOneCode(kit: ChromiumFixture, album: Album): Promise<void> {
  const web = await openDemoPage(kit.chromium.browser, kit.sandbox);
  await web.setViewport({ ...filmSize, deviceScaleFactor: 1 });
  const id = await selectFirstId(web, 'email');
  const { x, y } = await web.evaluate(() => {
    const box = getSelection()?.getRangeAt(0).getBoundingClientRect();
    return { x: box?.right ?? 0, y: box?.bottom ?? 0 };
  });
  const table = await kit.chromium.browser.newPage();
  const below = await addressOf(web, filmSize);
  const left = Math.min(x - 20, filmSize.width - 400);
  await table.setContent(layers(below, menu(id, `top:${y - 4}px;left:${left}px`)), { waitUntil: 'load' });
  await album.addToFilm(table, '1-menu');

  const page = await kit.openPopup();
  await enterId(page, id, 'Cancel QR code…');
  await byRole(page, 'alertdialog', 'Cancel this QR code?');
  await lay(table, page, below, album, '2-question');
  await confirmCancel(page);
  await waitForText(page, 'EnKash confirmed it.');
  await lay(table, page, below, album, '3-result');
  await kit.closePages();
}

async function lay(table: Page, page: Page, below: string, album: Album, name: string): Promise<void> {
  const above = pictureIn(await inThemes(page, popup), PLACE);
  await table.setContent(layers(below, above), { waitUntil: 'load' });
  await album.addToFilm(table, name);
  // A page behind another tab does not react to a click.
  await page.bringToFront();
}

/** The browser's menu with the extension's entries. It is drawn, because no browser lets a page photograph its menu. */
function menu(id: string, place: string): string {
  const own = [messages.menuCheckStatus, messages.menuCancelQrCode];
  const [check, cancel] = own.map(({ message }) => `<li>${message.replace('%s', id)}</li>`);
  return `<style>
      .menu { padding: 6px 0; border: 1px solid #8886; border-radius: 8px; width: 380px; list-style: none; margin: 0;
        background: light-dark(#fff, #292a2d); color: light-dark(#202124, #e8eaed); box-shadow: 0 6px 28px #0005;
        font: 14px/1.4 system-ui, sans-serif; }
      .menu li { padding: 6px 16px; }
      .menu li.last { background: light-dark(#e8eaed, #3f4042); }
      .menu hr { border: 0; border-top: 1px solid #8886; margin: 6px 0; }
    </style>
    <ul class="menu above" style="${place}"><li>Copy</li><li>Print…</li><hr>${check}
    ${cancel?.replace('<li>', '<li class="last">')}</ul>`;
}

/** A list: its review, the confirmation that has to be typed, the report. */
async function photographList(kit: ChromiumFixture, album: Album): Promise<void> {
  const page = await openBulkTab(kit);
  await page.setViewport({ ...filmSize, deviceScaleFactor: 1 });
  const ids = putCodes(kit, LIST_SIZE);
  const [rejected = ''] = ids;
  await reviewList(page, [...ids, ...putCodes(kit, 2, { status: 'CANCELLED' }), rejected]);
  await waitForSummary(page, new RegExp(`^${LIST_SIZE} will be cancelled`));
  await scrollUpTo(page, '.bulk-summary');
  await album.addToFilm(page, '4-review');
  await openQuestion(page, LIST_SIZE);
  await typeInto(page, `Type CANCEL ${LIST_SIZE} to confirm`, `CANCEL ${LIST_SIZE}`);
  await album.addToFilm(page, '5-confirm');
  kit.sandbox.faults.add({
    on: 'cancel',
    qrCodeId: rejected,
    answer: { kind: 'reject', code: 512, message: 'Approval of the branch manager is pending' },
  });
  await clickRole(page, 'button', `Cancel ${LIST_SIZE} QR codes`);
  await waitForSummary(page, new RegExp(`${LIST_SIZE - 1} cancelled`));
  kit.sandbox.faults.clear();
  await scrollUpTo(page, '.bulk-summary');
  await album.addToFilm(page, '6-report');
  await page.close();
  await putBulkAway(kit);
}

/** Scrolls so that the heading above this element is at the top. */
async function scrollUpTo(page: Page, selector: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate((at) => {
    const top = document.querySelector(at)?.getBoundingClientRect().top ?? 0;
    scrollTo({ top: scrollY + top - 70, behavior: 'instant' });
  }, selector);
}

/** A picture on a page, and the code that it shows. */
async function photographPicture(kit: ChromiumFixture, album: Album): Promise<void> {
  const path = `zoom?code=${kit.nextId()}&side=200`;
  const web = await kit.chromium.browser.newPage();
  await web.goto(`https://localhost:${kit.sandbox.port}/pictures/${path}`);
  // Beside the popup.
  await web.evaluate(() => {
    document.body.style.marginInlineStart = '-90px';
  });
  const below = await addressOf(web, filmSize);
  const table = await kit.chromium.browser.newPage();
  const page = await openPopupOver(kit, path);
  await byRole(page, 'button', 'Scan this page');
  await lay(table, page, below, album, '7-picture');
  await clickRole(page, 'button', 'Scan this page');
  await waitForText(page, 'its own picture says the same.');
  await waitForText(page, /Active\. /);
  await page.evaluate(() =>
    document.querySelector('.report')?.scrollIntoView({ block: 'center', behavior: 'instant' }),
  );
  await lay(table, page, below, album, '8-found');
  await kit.closePages();
}

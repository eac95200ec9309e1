import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForText } from '../../harness/find.ts';
import { type Album, storeSize } from '../album.ts';
import { openDemoPage } from '../demo-page.ts';
import type { Stage } from '../stage.ts';
import { ask } from './popup.ts';
import { activeId } from './settings.ts';

const popup = { width: 380, height: 600 };
const panel = { width: 360, height: storeSize.height };

/**
 * The popup and the side panel over a web page, where the browser shows them: both are photographed as they are, and
 * laid together.
 */
export async function photographForStores(stage: Stage, album: Album): Promise<void> {
  const { session, sandbox } = stage;
  const web = await openDemoPage(stage);
  const question = await session.openPage('popup.html');
  await ask(question, activeId(sandbox, 9));
  const beside = await session.openPage('popup.html?panel');
  await typeInto(beside, 'QR code ID', activeId(sandbox, 10));
  await clickRole(beside, 'button', 'Check status');
  await waitForText(beside, /^Active\./m);

  const table = await session.browser.newPage();
  const lay = async (name: string, page: Page, size: typeof popup, webSize: typeof popup, place: string) => {
    const images: Record<string, string> = {};
    for (const theme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      images[theme] = await addressOf(page, size);
    }
    await table.setContent(layout(await addressOf(web, webSize), images, place), { waitUntil: 'load' });
    await album.addForStores(table, name);
  };
  const shadow = 'box-shadow:0 6px 28px #0007';
  await lay('1-question', question, popup, storeSize, `top:8px;right:24px;border-radius:8px;${shadow}`);
  const rest = { width: storeSize.width - panel.width, height: storeSize.height };
  await lay('2-panel', beside, panel, rest, 'top:0;right:0;border-left:1px solid #8888');
  for (const page of [table, beside, question, web]) await page.close();
}

/** What a page shows at a size, as the address of a picture. */
async function addressOf(page: Page, size: typeof popup): Promise<string> {
  await page.bringToFront();
  await page.setViewport({ ...size, deviceScaleFactor: 1 });
  return `data:image/png;base64,${await page.screenshot({ encoding: 'base64' })}`;
}

/** One picture over another; which of two is on top follows the theme. */
function layout(below: string, { light, dark }: Record<string, string>, place: string): string {
  return `<!doctype html><meta name="color-scheme" content="light dark">
    <style>
      body { margin: 0; }
      picture img { position: absolute; ${place} }
    </style>
    <img src="${below}">
    <picture><source media="(prefers-color-scheme: dark)" srcset="${dark}"><img src="${light}"></picture>`;
}

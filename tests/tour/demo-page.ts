import type { Page } from 'puppeteer-core';
import { selectContents } from '../harness/context-menu.ts';
import type { Stage } from './stage.ts';

/** Opens the sandbox's web page with QR code ids in a table, an e-mail and a chat. */
export async function openDemoPage({ session, sandbox }: Stage): Promise<Page> {
  const page = await session.browser.newPage();
  await page.goto(`https://localhost:${sandbox.port}/demo`);
  return page;
}

/** Selects the first QR code id in a part of the demo page and returns it. */
export async function selectFirstId(page: Page, part: 'table' | 'email' | 'chat'): Promise<string> {
  const element = await page.$(`#${part} .id`);
  if (!element) throw new Error(`The demo page has no QR code ID in its ${part}`);
  await selectContents(page, element);
  return page.evaluate(() => getSelection()?.toString() ?? '');
}

import type { Browser, Page } from 'puppeteer-core';
import type { Sandbox } from '../../sandbox/server.ts';
import { selectContents } from './context-menu.ts';

/** Opens the sandbox's demo page, which has QR code ids in a table, an e-mail and a chat. */
export async function openDemoPage(browser: Browser, { port }: Sandbox): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`https://localhost:${port}/demo`);
  return page;
}

/** Selects the first QR code id in a part of the demo page, and returns it. */
export async function selectFirstId(page: Page, part: 'table' | 'email' | 'chat'): Promise<string> {
  const element = await page.$(`#${part} .id`);
  if (!element) throw new Error(`The demo page has no QR code ID in its ${part}`);
  await selectContents(page, element);
  return page.evaluate(() => getSelection()?.toString() ?? '');
}

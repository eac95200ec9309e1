import type { Browser, Page } from 'puppeteer-core';
import { ask, until } from './until.ts';

/** Waits for the settings page, which the extension opens on installation. */
export function waitForFirstRunPage(browser: Browser, origin: string): Promise<Page> {
  return until('the settings to open', async () => {
    for (const page of await browser.pages()) {
      // Firefox does not report the address of such a page to the driver; only the page itself knows it.
      const url = await ask(() => page.evaluate(() => location.href));
      if (url?.startsWith(`${origin}options.html`)) return page;
    }
    return undefined;
  });
}

/** Closes the settings page that opened on installation. */
export async function putAwayFirstRunPage(browser: Browser, origin: string): Promise<void> {
  const page = await waitForFirstRunPage(browser, origin);
  // Closing the last tab would end the browser.
  if ((await browser.pages()).length === 1) await browser.newPage();
  await page.close();
}

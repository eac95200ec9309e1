import type { Browser, Page } from 'puppeteer-core';
import { ask, until } from './until.ts';

/** Waits for the settings, which open by themselves when the extension is installed. */
export function waitForFirstRunPage(browser: Browser, origin: string): Promise<Page> {
  return until('the settings to open', async () => {
    for (const page of await browser.pages()) {
      // Firefox tells the driver nothing of where such a page has gone, but the page itself.
      const url = await ask(() => page.evaluate(() => location.href));
      if (url?.startsWith(`${origin}options.html`)) return page;
    }
    return undefined;
  });
}

/** Leaves the browser as if the settings had not opened. */
export async function putAwayFirstRunPage(browser: Browser, origin: string): Promise<void> {
  const page = await waitForFirstRunPage(browser, origin);
  // A browser whose last tab is closed goes with it.
  if ((await browser.pages()).length === 1) await browser.newPage();
  await page.close();
}

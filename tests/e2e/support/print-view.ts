import type { Page } from 'puppeteer-core';

/** A4 without margins, in CSS pixels. */
const PAPER = { width: 718, height: 1_046 };

/** Calls `look` with a page in print, and restores its screen view. */
export async function inPrint(page: Page, look: () => Promise<void>): Promise<void> {
  const onScreen = page.viewport();
  await page.setViewport(PAPER);
  await page.emulateMediaType('print');
  await page.evaluate(async () => {
    dispatchEvent(new Event('beforeprint'));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  await look();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMediaType('screen');
  await page.setViewport(onScreen);
}

import type { Page } from 'puppeteer-core';

/** A4 without its margins, in CSS pixels. */
const PAPER = { width: 718, height: 1_046 };

/** Looks at a page as it goes to the printer, and gives it back as it is on screen. */
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

import type { Page } from 'puppeteer-core';

/** The sizes of the pictures in CSS pixels; the popup's are those that most browsers give it. */
const popup = { width: 380, height: 600 };
const extensionPage = { width: 1000, height: 600 };
const webPage = { width: 1240, height: 520 };

/**
 * Takes a picture of a page, at one pixel per CSS pixel: of the extension's pages all they show (of a popup
 * that the browser opened, what is in view), of a web page the part around the selection.
 */
export async function photograph(page: Page, file: `${string}.png`): Promise<void> {
  const isWebPage = page.url().startsWith('http');
  const size = isWebPage ? webPage : page.url().includes('/popup.html') ? popup : extensionPage;
  const resized = await resize(page, size);
  if (isWebPage) {
    await page.evaluate(() => getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: 'center' }));
    await page.screenshot({ path: file });
  } else {
    // What is behind a dialog does not count, and beyond the edge of a popup nothing is drawn.
    if (resized && !(await page.$('dialog[open]'))) await resize(page, await grownToContent(page, size));
    await page.screenshot({ path: file });
  }
}

/** As high as the page's content, so that what sticks to the window's edge is drawn at the content's end. */
async function grownToContent(page: Page, size: { width: number; height: number }) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return { ...size, height: Math.max(size.height, height) };
}

/** Whether the size could be set: a popup that the browser opened has a size of its own. */
function resize(page: Page, size: { width: number; height: number }): Promise<boolean> {
  return page.setViewport({ ...size, deviceScaleFactor: 1 }).then(
    () => true,
    () => false,
  );
}

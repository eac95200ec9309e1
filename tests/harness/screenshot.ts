import type { Page } from 'puppeteer-core';

/** In CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The sizes of the pictures; the popup's are those that most browsers give it. */
const popup = { width: 380, height: 600 };
const panel = { width: 360, height: 800 };
const extensionPage = { width: 1000, height: 600 };
const webPage = { width: 1240, height: 520 };

/** What of a page gets into its picture. */
export interface Frame {
  /** The window's; without one, what pages of this kind usually have. */
  size?: Size;
  /** Whether what would have to be scrolled to stays out of the picture. */
  inView?: boolean;
}

/**
 * Takes a picture of a page, at one pixel per CSS pixel: of the extension's pages all they show (of a popup
 * that the browser opened, what is in view), of a web page the part around the selection.
 */
export async function photograph(
  page: Page,
  file: `${string}.png`,
  { size: given, inView = false }: Frame = {},
): Promise<void> {
  // On paper, a page has the size of the paper already.
  if (await page.evaluate(() => matchMedia('print').matches))
    return void (await page.screenshot({ path: file }));
  const isWebPage = page.url().startsWith('http');
  const size = given ?? (isWebPage ? webPage : sizeOf(page.url()));
  const resized = await resize(page, size);
  if (isWebPage)
    await page.evaluate(() => getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: 'center' }));
  // What is behind a dialog does not count, and beyond the edge of a popup nothing is drawn.
  else if (!inView && resized && !(await page.$('dialog[open]')))
    await resize(page, await grownToContent(page, size));
  // What scrolls in a box of its own is drawn some frames later.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
  });
  await page.screenshot({ path: file });
}

function sizeOf(url: string): Size {
  if (url.includes('/popup.html?panel')) return panel;
  return url.includes('/popup.html') ? popup : extensionPage;
}

/** As high as the page's content, so that what sticks to the window's edge is drawn at the content's end. */
async function grownToContent(page: Page, size: Size): Promise<Size> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return { ...size, height: Math.max(size.height, height) };
}

/** Whether the size could be set: a popup that the browser opened has a size of its own. */
function resize(page: Page, size: Size): Promise<boolean> {
  return page.setViewport({ ...size, deviceScaleFactor: 1 }).then(
    () => true,
    () => false,
  );
}

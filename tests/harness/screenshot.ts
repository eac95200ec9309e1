import type { Page } from 'puppeteer-core';

/** In CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The sizes of the pictures. The popup's is its size in most browsers. */
const popup = { width: 380, height: 600 };
const panel = { width: 360, height: 800 };
const extensionPage = { width: 1000, height: 600 };
const webPage = { width: 1240, height: 520 };

/** The part of a page to photograph. */
export interface Frame {
  /** The size of the window; by default the usual one of such pages. */
  size?: Size;
  /** Whether the picture contains only the visible part of the page. */
  inView?: boolean;
}

/**
 * Takes a picture of a page, at one pixel per CSS pixel: the full height of an extension's page, the visible part of a
 * popup that the browser opened, or the part of a web page around the selection.
 */
export async function photograph(
  page: Page,
  file: `${string}.png`,
  { size: given, inView = false }: Frame = {},
): Promise<void> {
  // In print, a page already has the size of the paper.
  if (await page.evaluate(() => matchMedia('print').matches))
    return void (await page.screenshot({ path: file }));
  const isWebPage = page.url().startsWith('http');
  const size = given ?? (isWebPage ? webPage : sizeOf(page.url()));
  const resized = await resize(page, size);
  if (isWebPage)
    await page.evaluate(() => getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: 'center' }));
  // Ignore the content behind a dialog. Nothing is drawn beyond the edge of a popup.
  else if (!inView && resized && !(await page.$('dialog[open]')))
    await resize(page, await grownToContent(page, size));
  // Scrolling boxes are drawn some frames later.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
  });
  await page.screenshot({ path: file });
}

function sizeOf(url: string): Size {
  if (url.includes('/popup.html?panel')) return panel;
  return url.includes('/popup.html') ? popup : extensionPage;
}

/** Makes the window as high as the content, so that sticky elements are drawn at the content's end. */
async function grownToContent(page: Page, size: Size): Promise<Size> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return { ...size, height: Math.max(size.height, height) };
}

/** Sets the size, and returns whether it worked: a popup that the browser opened has its own size. */
function resize(page: Page, size: Size): Promise<boolean> {
  return page.setViewport({ ...size, deviceScaleFactor: 1 }).then(
    () => true,
    () => false,
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** Selects all text of an element with the mouse. */
export async function selectContents(page: Page, element: ElementHandle): Promise<void> {
  await page.bringToFront();
  await element.evaluate((node) => {
    node.scrollIntoView({ block: 'center' });
    getSelection()?.selectAllChildren(node);
  });
}

/** The screen position of the middle of the page's selection. */
async function selectionOnScreen(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const box = getSelection()?.getRangeAt(0).getBoundingClientRect();
    if (!box) throw new Error('Nothing is selected');
    const border = (outerWidth - innerWidth) / 2;
    // Firefox reports the page's position. In Chromium the whole height of the window frame is above the page.
    const { mozInnerScreenX, mozInnerScreenY } = globalThis as Record<string, unknown>;
    const left = typeof mozInnerScreenX === 'number' ? mozInnerScreenX : screenX + border;
    const top =
      typeof mozInnerScreenY === 'number' ? mozInnerScreenY : screenY + outerHeight - innerHeight - border;
    return { x: Math.round(left + box.x + box.width / 2), y: Math.round(top + box.y + box.height / 2) };
  });
}

/**
 * The screen position of the middle of the visible part of an element, at any zoom of the page. `scale` is the number of the
 * screen's pixels for a pixel of the window.
 */
async function elementOnScreen(element: ElementHandle, scale: number): Promise<{ x: number; y: number }> {
  return element.evaluate((node, pixels) => {
    const zoom = devicePixelRatio / pixels;
    let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
    // Also a box around the element may hide a part of it.
    for (let at: Element | null = node as Element; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      left = Math.max(left, box.left);
      top = Math.max(top, box.top);
      right = Math.min(right, box.right);
      bottom = Math.min(bottom, box.bottom);
    }
    const border = (outerWidth - innerWidth * zoom) / 2;
    const x = screenX + border + ((left + right) / 2) * zoom;
    const y = screenY + outerHeight - innerHeight * zoom - border + ((top + bottom) / 2) * zoom;
    return { x: Math.round(x * pixels), y: Math.round(y * pixels) };
  }, scale);
}

async function visibleWindows(screen: Screen): Promise<string[]> {
  const search = ['search', '--onlyvisible', '--maxdepth', '1', '--name', '.*'];
  // The search fails if a window closes during it.
  const found = await until('the list of windows', () => screen.xdotool(...search).catch(() => undefined));
  return found.split('\n');
}

async function waitForNewWindow(screen: Screen, what: string, known: string[]): Promise<string> {
  const findNew = async (): Promise<string | undefined> =>
    (await visibleWindows(screen)).find((id) => !known.includes(id));
  const found = await until(what, findNew);
  // A menu that has just opened ignores keys.
  await sleep(150);
  return found;
}

async function pressOneByOne(screen: Screen, keys: string[]): Promise<void> {
  for (const key of keys) {
    await screen.xdotool('key', key);
    await sleep(60);
  }
}

/** Opens the browser's real context menu on the page's selection, and returns the id of its window. */
export async function openContextMenu(screen: Screen, page: Page): Promise<string> {
  return openMenuAt(screen, await selectionOnScreen(page));
}

/** Opens the browser's real context menu on the visible part of an element, and returns the id of its window. */
export async function openContextMenuOn(screen: Screen, element: ElementHandle, scale = 1): Promise<string> {
  return openMenuAt(screen, await elementOnScreen(element, scale));
}

async function openMenuAt(screen: Screen, { x, y }: { x: number; y: number }): Promise<string> {
  const before = await visibleWindows(screen);
  await screen.xdotool('mousemove', String(x), String(y), 'click', '3');
  return waitForNewWindow(screen, 'the context menu', before);
}

/** Picks the item of an open context menu at this position, counted from the last one, which is 1. */
export function pickFromEnd(screen: Screen, position: number): Promise<void> {
  return pressOneByOne(screen, [...Array<string>(position).fill('Up'), 'Return']);
}

/**
 * Opens the extension's submenu in an open context menu.
 *
 * If an extension has several items, both browsers nest them under its name. That entry is the last one in Firefox; in
 * Chromium it is the last but one, above "Inspect".
 */
export async function openSubmenu(screen: Screen, page: Page): Promise<void> {
  const isFirefox = (await page.browser().version()).startsWith('firefox');
  const before = await visibleWindows(screen);
  await pressOneByOne(screen, isFirefox ? ['Up', 'Right'] : ['Up', 'Up', 'Right']);
  await waitForNewWindow(screen, 'the extension’s submenu', before);
}

/** Picks one of the extension's items from its open submenu, counted from 0. */
export function pickItem(screen: Screen, itemIndex: number): Promise<void> {
  return pressOneByOne(screen, [...Array<string>(itemIndex).fill('Down'), 'Return']);
}

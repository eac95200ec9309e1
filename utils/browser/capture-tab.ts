import { browser } from 'wxt/browser';
import { findImageAreas, type ImageAreas } from './image-areas.ts';

/** An image on a page, as a click on the context menu names it. */
export interface ImageOnPage {
  tabId: number;
  windowId: number;
  /** 0 is the page itself. */
  frameId: number;
  /** The key of the frame's address; `null` for the page itself. */
  frameKey: string | null;
  /** The key of the image's address; `null` if the click was not on an image. */
  imageKey: string | null;
}

/** The views of a page and of the frame with an image. */
export interface PageWithImage {
  /** The page's own view; `undefined` if the browser does not let extensions read it. */
  top: ImageAreas | undefined;
  /** The view of the frame with the image; `undefined` if it can't be read. */
  frame: ImageAreas | undefined;
}

/**
 * Captures the visible part of a window's active tab as a PNG (a `data:` URL). `undefined` if the browser does not allow it:
 * the operator has not used the extension on this page (`activeTab`), or it is a page of the browser's own.
 */
export async function captureTab(windowId: number | undefined): Promise<string | undefined> {
  try {
    const picture =
      windowId === undefined
        ? await browser.tabs.captureVisibleTab({ format: 'png' })
        : await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
    return picture || undefined;
  } catch {
    return undefined;
  }
}

/** Whether the page of a click is still in front, in the window of this popup. */
export async function isInFront({ tabId, windowId }: ImageOnPage): Promise<boolean> {
  try {
    const [[tab], here] = await Promise.all([
      browser.tabs.query({ active: true, windowId }),
      browser.windows.getCurrent(),
    ]);
    // A small window of its own stands in for a popup that the browser does not open.
    return tab?.id === tabId && (here.type !== 'normal' || here.id === windowId);
  } catch {
    return false;
  }
}

/** Asks the page, and the frame with the image, for the image's places. */
export async function locateImage({
  tabId,
  frameId,
  frameKey,
  imageKey,
}: ImageOnPage): Promise<PageWithImage> {
  const [top, frame] = await Promise.all([
    run(tabId, 0, frameId === 0 ? imageKey : null, frameKey),
    frameId === 0 ? undefined : run(tabId, frameId, imageKey, null),
  ]);
  return { top, frame: frameId === 0 ? top : frame };
}

async function run(
  tabId: number,
  frameId: number,
  imageKey: string | null,
  frameKey: string | null,
): Promise<ImageAreas | undefined> {
  try {
    const [injected] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: findImageAreas,
      args: [imageKey, frameKey],
      injectImmediately: true,
    });
    return injected?.result as ImageAreas | undefined;
  } catch {
    return undefined;
  }
}

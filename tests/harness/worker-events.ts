import type { WebWorker } from 'puppeteer-core';

interface Dispatcher {
  dispatch: (...args: unknown[]) => void;
}

interface WorkerApi {
  contextMenus: { onClicked: Dispatcher };
  omnibox: { onInputChanged: Dispatcher; onInputEntered: Dispatcher };
  notifications: { onClicked: Dispatcher; getAll: () => Promise<Record<string, boolean>> };
  tabs: { query: (filter: object) => Promise<unknown[]> };
}

/** Dispatches in the worker a click on its context menu item, in the active tab; `srcUrl` is the address of an image. */
export async function dispatchMenuClick(
  worker: WebWorker,
  menuItemId: string,
  selectionText: string,
  srcUrl?: string,
): Promise<void> {
  await worker.evaluate(
    async (id, text, image) => {
      const { chrome } = globalThis as unknown as { chrome: WorkerApi };
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const info = {
        menuItemId: id,
        selectionText: text,
        editable: false,
        frameId: 0,
        ...(image ? { srcUrl: image } : {}),
      };
      chrome.contextMenus.onClicked.dispatch(info, tab);
    },
    menuItemId,
    selectionText,
    srcUrl,
  );
}

/** One suggestion, as the extension passes it to Chromium. */
export interface Suggestion {
  content: string;
  /** As XML. */
  description: string;
}

/**
 * Dispatches in the worker this text after its keyword in the address bar. Returns the suggestions, or `undefined` if there
 * are none after `ms` milliseconds.
 */
export async function dispatchTyped(
  worker: WebWorker,
  text: string,
  ms: number,
): Promise<Suggestion[] | undefined> {
  const suggestions = worker.evaluate(
    (typed, wait) =>
      new Promise<Suggestion[] | undefined>((resolve) => {
        const { chrome } = globalThis as unknown as { chrome: WorkerApi };
        chrome.omnibox.onInputChanged.dispatch(typed, resolve);
        setTimeout(() => resolve(undefined), wait);
      }),
    text,
    ms,
  );
  return suggestions;
}

/** Dispatches in the worker Enter after this text in the address bar. */
export async function dispatchEntered(worker: WebWorker, text: string): Promise<void> {
  await worker.evaluate((entered) => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    chrome.omnibox.onInputEntered.dispatch(entered, 'currentTab');
  }, text);
}

/** Dispatches in the worker a click on a notification. */
export async function dispatchNotificationClick(worker: WebWorker, id: string): Promise<void> {
  await worker.evaluate((notificationId) => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    chrome.notifications.onClicked.dispatch(notificationId);
  }, id);
}

/** The ids of the notifications that the browser shows now. */
export async function shownNotificationIds(worker: WebWorker): Promise<string[]> {
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    return Object.keys(await chrome.notifications.getAll());
  });
}

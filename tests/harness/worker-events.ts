import type { WebWorker } from 'puppeteer-core';

interface Dispatcher {
  dispatch: (...args: unknown[]) => void;
}

interface WorkerApi {
  contextMenus: { onClicked: Dispatcher };
  notifications: { onClicked: Dispatcher; getAll: () => Promise<Record<string, boolean>> };
  tabs: { query: (filter: object) => Promise<unknown[]> };
}

/** Makes the worker see a click on its context menu item, in the tab that is in front. */
export async function dispatchMenuClick(
  worker: WebWorker,
  menuItemId: string,
  selectionText: string,
): Promise<void> {
  await worker.evaluate(
    async (id, text) => {
      const { chrome } = globalThis as unknown as { chrome: WorkerApi };
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const info = { menuItemId: id, selectionText: text, editable: false, frameId: 0 };
      chrome.contextMenus.onClicked.dispatch(info, tab);
    },
    menuItemId,
    selectionText,
  );
}

/** Makes the worker see a click on a notification. */
export async function dispatchNotificationClick(worker: WebWorker, id: string): Promise<void> {
  await worker.evaluate((notificationId) => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    chrome.notifications.onClicked.dispatch(notificationId);
  }, id);
}

/** The ids of the notifications the browser shows now. */
export async function shownNotificationIds(worker: WebWorker): Promise<string[]> {
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    return Object.keys(await chrome.notifications.getAll());
  });
}

import { browser } from 'wxt/browser';
import { type HandOver, leaveFor } from './hand-over.ts';

/** Wide enough for the popup's page and a scroll bar, in CSS pixels. */
const WINDOW_SIZE = { width: 420, height: 680 };

/** Opens the browser's own popup. In Firefox this works in the first turn of a click's listener only. */
export function openBrowserPopup(): Promise<boolean> {
  return browser.action.openPopup().then(
    () => true,
    () => false,
  );
}

/** Opens the popup on a QR code; where the browser won't, a small window with the same page. */
export async function openPopupOn(handOver: HandOver, opening?: Promise<boolean>): Promise<void> {
  await leaveFor('popup', handOver);
  if (!(await (opening ?? openBrowserPopup()))) await openPopupWindow();
}

/** Opens the popup's page in a window of its own. */
export async function openPopupWindow(): Promise<void> {
  await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...WINDOW_SIZE });
}

/** Opens the workbench in a tab. */
export async function openWorkbench(tab: 'bulk' | 'search' | 'history', attemptId?: number): Promise<void> {
  const query = attemptId === undefined ? '' : `?attempt=${attemptId}`;
  await browser.tabs.create({ url: `${browser.runtime.getURL('/workbench.html')}${query}#${tab}` });
}

/** Opens the workbench with a list of ids to look through. */
export async function openReviewOf(ids: string[]): Promise<void> {
  await leaveFor('workbench', { action: 'review', ids });
  await openWorkbench('bulk');
}

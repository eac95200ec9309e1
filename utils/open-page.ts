import { browser } from 'wxt/browser';
import { leaveFor } from './hand-over.ts';

/** Wide enough for the popup's page and a scroll bar, in CSS pixels. */
const WINDOW_SIZE = { width: 420, height: 680 };

/** Opens the browser's own popup. In Firefox this works in the first turn of a click's listener only. */
export function openBrowserPopup(): Promise<boolean> {
  return browser.action.openPopup().then(
    () => true,
    () => false,
  );
}

/** Shows the popup; where the browser won't open it, a small window with the same page. */
export async function showPopup(opening: Promise<boolean> = openBrowserPopup()): Promise<void> {
  if (!(await opening)) await openPopupWindow();
}

/** Opens the popup's page in a window of its own. */
async function openPopupWindow(): Promise<void> {
  await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...WINDOW_SIZE });
}

/** Opens the workbench in a tab. */
export async function openWorkbench(tab: 'bulk' | 'search' | 'history', attemptId?: number): Promise<void> {
  const query = attemptId === undefined ? '' : `?attempt=${attemptId}`;
  await browser.tabs.create({ url: `${browser.runtime.getURL('/workbench.html')}${query}#${tab}` });
}

/** Opens the workbench with a list of ids to look through. */
export async function openReviewOf(text: string): Promise<void> {
  await leaveFor('workbench', { action: 'review', text });
  await openWorkbench('bulk');
}

import { browser } from 'wxt/browser';
import { systemClock } from '../lib/clock.ts';
import { postPendingAction } from './pending-action.ts';

/** Wide enough for the popup's page and a scroll bar, in CSS pixels. */
const WINDOW_SIZE = { width: 420, height: 680 };

/** Opens the browser's own popup. In Firefox this works in the first turn of a click's listener only. */
export function openActionPopup(): Promise<boolean> {
  return browser.action.openPopup().then(
    () => true,
    () => false,
  );
}

/** Shows the popup; where the browser won't open it, a small window with the same page. */
export async function showPopup(opening: Promise<boolean> = openActionPopup()): Promise<void> {
  if (!(await opening)) await openPopupWindow();
}

/** How long a popup is waited for that is open but can't be reached yet: this often, so many milliseconds each. */
const MAX_ATTEMPTS = 40;
const RETRY_INTERVAL_MS = 50;

/**
 * Closes the browser's popup again, where it was opened before it was known whether it is needed. Only Firefox has it
 * opened so early, and only there can the background reach it.
 */
export async function closePopup(opening: Promise<boolean> | undefined): Promise<void> {
  if (!import.meta.env.FIREFOX || !(await opening)) return;
  for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
    const popups = browser.extension.getViews({ type: 'popup' }) as Window[];
    for (const popup of popups) popup.close();
    if (popups.length > 0) return;
    await systemClock.sleep(RETRY_INTERVAL_MS);
  }
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

/**
 * Opens a page of ours in a tab of the default storage partition: in no container, and in a window that is not private,
 * which is opened if there is none.
 */
export async function openInOrdinaryTab(url: string): Promise<void> {
  const windows = await browser.windows.getAll({ windowTypes: ['normal'] });
  const ordinary = windows.filter(({ incognito }) => !incognito);
  const window = ordinary.find(({ focused }) => focused) ?? ordinary[0];
  if (window?.id === undefined) await browser.windows.create({ url, incognito: false });
  else {
    await browser.tabs.create({ url, windowId: window.id });
    await browser.windows.update(window.id, { focused: true });
  }
}

/** Opens the workbench with a list of ids to look through. */
export async function openReview(text: string): Promise<void> {
  await postPendingAction('workbench', { action: 'review', text });
  await openWorkbench('bulk');
}

import { browser } from 'wxt/browser';
import { systemClock } from '../lib/clock.ts';
import { postPendingAction } from './pending-action.ts';

/** In CSS pixels; wide enough for the popup's page and a scroll bar. */
const WINDOW_SIZE = { width: 420, height: 680 };

/** Opens the browser's popup; returns whether it opened. Firefox allows it only in a click listener's first turn. */
export function openActionPopup(): Promise<boolean> {
  return browser.action.openPopup().then(
    () => true,
    () => false,
  );
}

/** Shows the popup, or a small window with the same page if the browser does not open the popup. */
export async function showPopup(opening: Promise<boolean> = openActionPopup()): Promise<void> {
  if (!(await opening)) await openPopupWindow();
}

/** An open popup may not be reachable at once: it is looked for at this interval, up to this many times. */
const MAX_ATTEMPTS = 40;
const RETRY_INTERVAL_MS = 50;

/**
 * Closes a popup that turned out not to be needed. Only in Firefox is the popup opened before that is known, and only
 * there can the background reach it.
 */
export async function closePopup(opening: Promise<boolean> | undefined): Promise<void> {
  if (!import.meta.env.FIREFOX || !(await opening)) return;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
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

/** Opens the workbench in a browser tab, at one of its own tabs; in the history, at an attempt if one is given. */
export async function openWorkbench(tab: 'bulk' | 'search' | 'history', attemptId?: number): Promise<void> {
  const query = attemptId === undefined ? '' : `?attempt=${attemptId}`;
  await browser.tabs.create({ url: `${browser.runtime.getURL('/workbench.html')}${query}#${tab}` });
}

/**
 * Opens a page of the extension in a tab of the default storage partition: outside containers, and in a window that is
 * not private. Opens such a window if there is none.
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

/** Opens the workbench to review a list of ids. */
export async function openReview(text: string): Promise<void> {
  await postPendingAction('workbench', { action: 'review', text });
  await openWorkbench('bulk');
}

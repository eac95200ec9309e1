import { browser } from 'wxt/browser';
import type { TargetSurface } from './pending-action.ts';

/** What belongs to one of the browsers alone, and the shared types don't know. */
interface BrowserSpecificApi {
  sidePanel: { open(options: { windowId: number }): Promise<void> };
  sidebarAction: { open(): Promise<void> };
  extension: { getViews(filter: { type: 'sidebar'; windowId: number }): unknown[] };
}

/** What the background asks of panels, before it leaves something for one. */
interface PanelPing {
  panel: TargetSurface;
}

const api = browser as unknown as BrowserSpecificApi;

/** Whether this page is the one in the browser's side panel, which the manifest opens under an address of its own. */
export function isPanel(): boolean {
  return location.search === '?panel';
}

/** Opens the side panel of this window. Works within a click on a page only. */
export async function openPanel(): Promise<void> {
  // Firefox takes the click for over as soon as anything is awaited.
  if (import.meta.env.FIREFOX) return api.sidebarAction.open();
  await api.sidePanel.open({ windowId: await currentWindowId() });
}

/** The place of the panel that this page is in. */
export async function getCurrentPanel(): Promise<TargetSurface> {
  return panelSurface(await currentWindowId());
}

/** Answers the background as long as this panel can be seen: the browser keeps one that another has covered. */
export function respondToPings(place: TargetSurface): void {
  browser.runtime.onMessage.addListener((message: unknown, _sender, sendResponse) => {
    if ((message as PanelPing).panel !== place || document.visibilityState !== 'visible') return undefined;
    sendResponse(true);
    return true;
  });
}

/**
 * Where to show what is asked for in a window: in its side panel where that is open, else in the popup. Firefox
 * answers at once, so that a popup can still be opened within the click; Chromium tells of no panel's window, so
 * the panels are asked.
 */
export function findOpenSurface(windowId: number | undefined): TargetSurface | Promise<TargetSurface> {
  if (windowId === undefined) return 'popup';
  const panel = panelSurface(windowId);
  if (import.meta.env.FIREFOX)
    return api.extension.getViews({ type: 'sidebar', windowId }).length > 0 ? panel : 'popup';
  return browser.runtime.sendMessage({ panel } satisfies PanelPing).then(
    (answer) => (answer === true ? panel : 'popup'),
    // No page is open at all.
    () => 'popup',
  );
}

async function currentWindowId(): Promise<number> {
  return (await browser.windows.getCurrent()).id ?? browser.windows.WINDOW_ID_NONE;
}

function panelSurface(windowId: number): TargetSurface {
  return `panel-${windowId}`;
}

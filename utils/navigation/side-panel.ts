import { browser } from 'wxt/browser';
import type { TargetSurface } from './pending-action.ts';

/** APIs of one browser that the shared types lack. */
interface BrowserSpecificApi {
  sidePanel: { open(options: { windowId: number }): Promise<void> };
  sidebarAction: { open(): Promise<void> };
  extension: { getViews(filter: { type: 'sidebar'; windowId: number }): unknown[] };
}

/** The background's message to find out whether a panel is open, before it posts an action for it. */
interface PanelPing {
  panel: TargetSurface;
}

const api = browser as unknown as BrowserSpecificApi;

/** Whether this page is the side panel, for which the manifest has its own address. */
export function isPanel(): boolean {
  return location.search === '?panel';
}

/** Opens the side panel of this window. Browsers allow this only within a click. */
export async function openPanel(): Promise<void> {
  // For Firefox the click ends with the first `await`.
  if (import.meta.env.FIREFOX) return api.sidebarAction.open();
  await api.sidePanel.open({ windowId: await currentWindowId() });
}

/** The surface of the panel that shows this page. */
export async function getCurrentPanel(): Promise<TargetSurface> {
  return panelSurface(await currentWindowId());
}

/** Answers the background while this panel is visible. The browser keeps a panel loaded that another one covers. */
export function respondToPings(surface: TargetSurface): void {
  browser.runtime.onMessage.addListener((message: unknown, _sender, sendResponse) => {
    if ((message as PanelPing).panel !== surface || document.visibilityState !== 'visible') return undefined;
    sendResponse(true);
    return true;
  });
}

/**
 * The surface for an action in a window: its side panel if that is open, else the popup. Firefox answers synchronously,
 * so that a popup can still be opened within the click. Chromium does not expose a panel's window, so the panels answer.
 */
export function findOpenSurface(windowId: number | undefined): TargetSurface | Promise<TargetSurface> {
  if (windowId === undefined) return 'popup';
  const panel = panelSurface(windowId);
  if (import.meta.env.FIREFOX)
    return api.extension.getViews({ type: 'sidebar', windowId }).length > 0 ? panel : 'popup';
  return browser.runtime.sendMessage({ panel } satisfies PanelPing).then(
    (answer) => (answer === true ? panel : 'popup'),
    // No page of the extension is open.
    () => 'popup',
  );
}

async function currentWindowId(): Promise<number> {
  return (await browser.windows.getCurrent()).id ?? browser.windows.WINDOW_ID_NONE;
}

function panelSurface(windowId: number): TargetSurface {
  return `panel-${windowId}`;
}

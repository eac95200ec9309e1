import { browser } from 'wxt/browser';
import { onPendingAction, type TargetSurface } from '../navigation/pending-action.ts';
import { respondToPings } from '../navigation/side-panel.ts';
import { isReady, type PopupStore } from './popup.ts';

/** Keeps the popup's page true while it stays open in a side panel, and takes there what the menu leaves for it. */
export function connectSidePanel(store: PopupStore, place: TargetSurface): void {
  const { actions } = store;
  let hasPendingAction = false;

  /** A question about another code gives way; a cancel that is under way is waited for. */
  function take(): void {
    const { page, busy } = store.getState();
    if (!hasPendingAction || busy || !isReady(page)) return;
    hasPendingAction = false;
    actions.dismissDialog();
    void actions.consumePendingAction();
  }

  respondToPings(place);
  onPendingAction(place, () => {
    hasPendingAction = true;
    take();
  });
  store.subscribe(take);
  // Accounts and settings are changed on another page.
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'local') void actions.load();
  });
}

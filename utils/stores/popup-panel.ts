import { browser } from 'wxt/browser';
import { onPendingAction, type TargetSurface } from '../navigation/pending-action.ts';
import { respondToPings } from '../navigation/side-panel.ts';
import { isReady } from './current-account.ts';
import type { PopupStore } from './popup-state.ts';

/** Keeps the popup's page current while it is open in a side panel, and takes pending actions there. */
export function connectSidePanel(store: PopupStore, place: TargetSurface): void {
  const { actions } = store;
  let hasPendingAction = false;

  /** Closes a dialog about another code. Waits for a cancel that is in progress. */
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
  // Accounts and settings change on other pages.
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'local') void actions.load();
  });
}

import { browser } from 'wxt/browser';
import { type HandOverTo, watchHandOver } from '../navigation/pending-action.ts';
import { answerCalls } from '../navigation/side-panel.ts';
import { isReady, type PopupStore } from './popup.ts';

/** Keeps the popup's page true while it stays open in a side panel, and takes there what the menu leaves for it. */
export function stayOpen(store: PopupStore, place: HandOverTo): void {
  const { actions } = store;
  let isLeft = false;

  /** A question about another code gives way; a cancel that is under way is waited for. */
  function take(): void {
    const { page, busy } = store.getState();
    if (!isLeft || busy || !isReady(page)) return;
    isLeft = false;
    actions.keepActive();
    void actions.takeHandOver();
  }

  answerCalls(place);
  watchHandOver(place, () => {
    isLeft = true;
    take();
  });
  store.subscribe(take);
  // Accounts and settings are changed on another page.
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'local') void actions.load();
  });
}

import { render } from 'preact';
import { initPageLanguage } from '../../components/shared/page-language.ts';
import '../../components/ui/base.css';
import { restoreLostFocus } from '../../components/ui/restore-lost-focus.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { onPageEvents } from '../../utils/messaging/page-events.ts';
import { createConnectedSend } from '../../utils/messaging/page-ports.ts';
import { consumePendingAction } from '../../utils/navigation/pending-action.ts';
import { getCurrentPanel, isPanel } from '../../utils/navigation/side-panel.ts';
import { createPopupStore } from '../../utils/stores/popup.ts';
import { persistDraft } from '../../utils/stores/popup-draft.ts';
import { connectSidePanel } from '../../utils/stores/popup-panel.ts';
import { App } from './App.tsx';

/** A function, not a top-level `await`: the scripts that are loaded later import from this one, and would wait for its end. */
async function start(): Promise<void> {
  const send = createConnectedSend('popup');
  const place = isPanel() ? await getCurrentPanel() : undefined;
  const store = place ? createPopupStore(send, () => consumePendingAction(place)) : createPopupStore(send);
  // Vite's event: a file that the page loads later is missing.
  addEventListener('vite:preloadError', () => store.setState({ isIncomplete: true }));
  let pageAt = 0;
  await initPageLanguage(() => t('extensionName'));
  onPageEvents((progress) => {
    store.actions.setWaits(progress.retryAtByCode);
    void (progress.appStateVersion === pageAt ? store.actions.loadRecent() : store.actions.load());
    pageAt = progress.appStateVersion;
  });
  if (place) {
    connectSidePanel(store, place);
    document.documentElement.classList.add('panel');
  }
  void persistDraft(store).then(store.actions.load);
  restoreLostFocus();
  const root = document.getElementById('root');
  if (root) render(<App store={store} />, root);
}

void start();

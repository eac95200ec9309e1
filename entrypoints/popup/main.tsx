import { render } from 'preact';
import { startInLanguage } from '../../components/shared/page-language.ts';
import '../../components/ui/base.css';
import { keepFocus } from '../../components/ui/restore-lost-focus.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { watchProgress } from '../../utils/messaging/page-events.ts';
import { createPresentSend } from '../../utils/messaging/page-ports.ts';
import { takeHandOver } from '../../utils/navigation/pending-action.ts';
import { isPanel, ownPlace } from '../../utils/navigation/side-panel.ts';
import { createPopupStore } from '../../utils/stores/popup.ts';
import { keepDraft } from '../../utils/stores/popup-draft.ts';
import { stayOpen } from '../../utils/stores/popup-panel.ts';
import { App } from './App.tsx';

const send = createPresentSend('popup');
const place = isPanel() ? await ownPlace() : undefined;
const store = place ? createPopupStore(send, () => takeHandOver(place)) : createPopupStore(send);
let pageAt = 0;
await startInLanguage(() => t('extensionName'));
watchProgress((progress) => {
  store.actions.setWaits(progress.waits);
  void (progress.pageAt === pageAt ? store.actions.loadRecent() : store.actions.load());
  pageAt = progress.pageAt;
});
if (place) {
  stayOpen(store, place);
  document.documentElement.classList.add('panel');
}
void keepDraft(store).then(store.actions.load);
keepFocus();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

import { render } from 'preact';
import { startInLanguage } from '../../components/page-language.ts';
import '../../components/ui/base.css';
import { t } from '../../utils/i18n.ts';
import { createPresentSend } from '../../utils/presence.ts';
import { watchProgress } from '../../utils/progress.ts';
import { keepDraft } from '../../utils/views/draft.ts';
import { createPopupStore } from '../../utils/views/popup.ts';
import { App } from './App.tsx';

const store = createPopupStore(createPresentSend('popup'));
let vaultAt = 0;
await startInLanguage(() => t('extensionName'));
watchProgress((progress) => {
  store.actions.setWaits(progress.waits);
  void (progress.vaultAt === vaultAt ? store.actions.loadRecent() : store.actions.load());
  vaultAt = progress.vaultAt;
});
void keepDraft(store).then(store.actions.load);
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

import { render } from 'preact';
import { startInLanguage } from '../../components/page-language.ts';
import '../../components/ui/base.css';
import { bulkBegun } from '../../utils/bulk-begun.ts';
import { t } from '../../utils/i18n.ts';
import { send } from '../../utils/messages.ts';
import { watchProgress } from '../../utils/progress.ts';
import { createOptionsStore } from '../../utils/views/options.ts';
import { App } from './App.tsx';

const store = createOptionsStore(send, bulkBegun.remove);
let vaultAt = 0;
await startInLanguage(() => `${t('settingsTitle')} – ${t('extensionName')}`);
// It may be locked or opened elsewhere.
watchProgress((progress) => {
  if (progress.vaultAt !== vaultAt) void store.actions.load();
  vaultAt = progress.vaultAt;
});
void store.actions.load();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

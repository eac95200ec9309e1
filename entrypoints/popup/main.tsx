import { render } from 'preact';
import '../../components/ui/base.css';
import { send } from '../../utils/messages.ts';
import { tellPresence } from '../../utils/presence.ts';
import { watchProgress } from '../../utils/progress.ts';
import { createPopupStore } from '../../utils/views/popup.ts';
import { App } from './App.tsx';

const store = createPopupStore(send);
tellPresence('popup');
watchProgress(({ waits }) => {
  store.actions.setWaits(waits);
  void store.actions.loadRecent();
});
void store.actions.load();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

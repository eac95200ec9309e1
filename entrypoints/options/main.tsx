import { render } from 'preact';
import '../../components/ui/base.css';
import { bulkBegun } from '../../utils/bulk-begun.ts';
import { send } from '../../utils/messages.ts';
import { watchProgress } from '../../utils/progress.ts';
import { createOptionsStore } from '../../utils/views/options.ts';
import { App } from './App.tsx';

const store = createOptionsStore(send, bulkBegun.remove);
let vaultAt = 0;
// It may be locked or opened elsewhere.
watchProgress((progress) => {
  if (progress.vaultAt !== vaultAt) void store.actions.load();
  vaultAt = progress.vaultAt;
});
void store.actions.load();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

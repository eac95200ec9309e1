import { render } from 'preact';
import '../../components/ui/base.css';
import { send } from '../../utils/messages.ts';
import { tellPresence } from '../../utils/presence.ts';
import { watchProgress } from '../../utils/progress.ts';
import { createWorkbenchStore } from '../../utils/views/workbench.ts';
import { App, tabInAddress } from './App.tsx';

const attempt = Number(new URLSearchParams(location.search).get('attempt')) || undefined;
const store = createWorkbenchStore(send, tabInAddress(), attempt);
tellPresence('workbench');
watchProgress(() => void store.actions.load());
void store.actions.load();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

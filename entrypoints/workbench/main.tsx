import { render } from 'preact';
import '../../components/ui/base.css';
import { createPresentSend } from '../../utils/presence.ts';
import { watchProgress } from '../../utils/progress.ts';
import { createWorkbenchStore } from '../../utils/views/workbench.ts';
import { App, tabInAddress } from './App.tsx';

const attempt = Number(new URLSearchParams(location.search).get('attempt')) || undefined;
const store = createWorkbenchStore(createPresentSend('workbench'), tabInAddress(), attempt);
watchProgress(() => void store.actions.load());
void store.actions.load();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

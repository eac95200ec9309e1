import { render } from 'preact';
import '../../components/ui/base.css';
import { send } from '../../utils/messages.ts';
import { createOptionsStore } from '../../utils/views/options.ts';
import { App } from './App.tsx';

const store = createOptionsStore(send);
void store.actions.load();
const root = document.getElementById('root');
if (root) render(<App store={store} />, root);

import { render } from 'preact';
import '../../components/ui/base.css';
import { downloadText } from '../../components/download.ts';
import { createJobStore } from '../../utils/bulk/job-store.ts';
import { watchBulkProgress } from '../../utils/bulk-progress.ts';
import { systemClock } from '../../utils/clock.ts';
import { createJournalOpener } from '../../utils/journal/database.ts';
import { createPresentSend } from '../../utils/presence.ts';
import { watchProgress } from '../../utils/progress.ts';
import { createBulkStore } from '../../utils/views/bulk.ts';
import { accountInUse } from '../../utils/views/popup.ts';
import { createWorkbenchStore } from '../../utils/views/workbench.ts';
import { App, tabInAddress } from './App.tsx';

const attempt = Number(new URLSearchParams(location.search).get('attempt')) || undefined;
const send = createPresentSend('workbench');
const bulk = createBulkStore({
  send,
  jobs: createJobStore(createJournalOpener(), systemClock),
  clock: systemClock,
  accountInUse: () => accountInUse(store.getState().page),
  download: downloadText,
});
const store = createWorkbenchStore(send, tabInAddress(), bulk.actions.takeList, attempt);
watchProgress(() => void store.actions.load());
watchBulkProgress(() => void bulk.actions.look());
void bulk.actions.look().then(() => store.actions.load());
const root = document.getElementById('root');
if (root) render(<App store={store} bulk={bulk} />, root);

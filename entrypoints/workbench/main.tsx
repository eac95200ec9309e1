import { render } from 'preact';
import { downloadFile, downloadFrom } from '../../components/shared/download.ts';
import { startInLanguage } from '../../components/shared/page-language.ts';
import '../../components/ui/base.css';
import { keepFocus } from '../../components/ui/restore-lost-focus.ts';
import { watchBulkProgress } from '../../utils/bulk/job-events.ts';
import { bulkBegun } from '../../utils/bulk/job-marker.ts';
import { createJobReader } from '../../utils/bulk/job-reader.ts';
import { createEarlierCreates } from '../../utils/history/find-replacements.ts';
import { createHistoryReader } from '../../utils/history/history-reader.ts';
import { historyFiltersFromQuery, queryWithHistoryFilters } from '../../utils/history/url.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { createJournalOpener } from '../../utils/journal/database.ts';
import { createJournalReader } from '../../utils/journal/journal-identity.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { watchProgress } from '../../utils/messaging/page-events.ts';
import { createPresentSend } from '../../utils/messaging/page-ports.ts';
import { filtersFromQuery, queryWithFilters } from '../../utils/search/url.ts';
import { createBulkStore } from '../../utils/stores/bulk.ts';
import { createHistoryView } from '../../utils/stores/history.ts';
import { createReplacementStore } from '../../utils/stores/replacement.ts';
import { createSearchStore } from '../../utils/stores/search.ts';
import { createWorkbenchStore } from '../../utils/stores/workbench.ts';
import { App, showTab, tabInAddress } from './App.tsx';

const attempt = Number(new URLSearchParams(location.search).get('attempt')) || undefined;
const send = createPresentSend('workbench');
const openJournal = createJournalReader(createJournalOpener(), () => send('readJournalIdentity', {}));
const bulk = createBulkStore({
  send,
  jobs: createJobReader(openJournal),
  clock: systemClock,
  download: downloadFile,
  begun: bulkBegun,
});
const store = createWorkbenchStore(send, tabInAddress(), bulk.actions);
const keepQuery = (query: string) =>
  history.replaceState(null, '', location.pathname + query + location.hash);
const filters = filtersFromQuery(location.search);
const copy = (text: string) => navigator.clipboard.writeText(text);
const search = createSearchStore({
  send,
  clock: systemClock,
  filters,
  atOnce: tabInAddress() === 'search' && Object.keys(filters).length > 0,
  keepFilters: (kept) => keepQuery(queryWithFilters(location.search, kept)),
  download: downloadFile,
  saveImage: downloadFrom,
  copy,
  review(ids) {
    showTab(store, 'bulk');
    return bulk.actions.takeList({ ids });
  },
});
const journal = createHistoryReader(openJournal, systemClock);
const replacing = createReplacementStore({
  send,
  clock: systemClock,
  earlier: createEarlierCreates(journal),
  copy,
  saveImage: downloadFrom,
  search: (text) => void search.actions.searchText(text),
});
const record = createHistoryView({
  journal,
  clock: systemClock,
  filters: historyFiltersFromQuery(location.search),
  keepFilters: (kept) => keepQuery(queryWithHistoryFilters(location.search, kept)),
  chosen: attempt,
  download: downloadFile,
});
/** The journal is read for the history only while that is on screen. */
const lookAtRecord = () =>
  void (store.getState().tab === 'history' && !document.hidden && record.actions.look());
const lookAtJournal = () => {
  lookAtRecord();
  void replacing.actions.lookAgain();
};

store.subscribe(({ page }) => {
  bulk.actions.follow(page);
  search.actions.follow(page);
  replacing.actions.follow(page);
});
await startInLanguage(() => `${t('workbenchTitle')} – ${t('extensionName')}`);
store.subscribe(({ tab }, before) => tab !== before.tab && lookAtRecord());
document.addEventListener('visibilitychange', lookAtJournal);
watchProgress(() => {
  void store.actions.load();
  void bulk.actions.look();
  lookAtJournal();
});
watchBulkProgress(() => {
  void bulk.actions.look();
  lookAtRecord();
});
lookAtRecord();
void bulk.actions.look().then(() => store.actions.load());
keepFocus();
const root = document.getElementById('root');
if (root)
  render(<App store={store} bulk={bulk} search={search} replacing={replacing} history={record} />, root);

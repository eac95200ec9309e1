import { render } from 'preact';
import { downloadFile, downloadFrom } from '../../components/shared/download.ts';
import { initPageLanguage } from '../../components/shared/page-language.ts';
import '../../components/ui/base.css';
import { restoreLostFocus } from '../../components/ui/restore-lost-focus.ts';
import { onJobChanged } from '../../utils/bulk/job-events.ts';
import { jobMarker } from '../../utils/bulk/job-marker.ts';
import { createJobReader } from '../../utils/bulk/job-reader.ts';
import { createReplacementFinder } from '../../utils/history/find-replacements.ts';
import { createHistoryReader } from '../../utils/history/history-reader.ts';
import { historyFiltersFromQuery, queryWithHistoryFilters } from '../../utils/history/url.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { createConnectionProvider } from '../../utils/journal/database.ts';
import { createJournalReader } from '../../utils/journal/journal-identity.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { systemLocalTime } from '../../utils/lib/local-time.ts';
import { onPageEvents } from '../../utils/messaging/page-events.ts';
import { createConnectedSend } from '../../utils/messaging/page-ports.ts';
import { filtersFromQuery, queryWithFilters } from '../../utils/search/url.ts';
import { createBulkStore } from '../../utils/stores/bulk.ts';
import { createHistoryViewStore } from '../../utils/stores/history.ts';
import { createPictureFinder } from '../../utils/stores/picture-finder.ts';
import { createPlannedStore } from '../../utils/stores/planned.ts';
import { createReplacementStore } from '../../utils/stores/replacement.ts';
import { createSearchStore } from '../../utils/stores/search.ts';
import { createWorkbenchStore } from '../../utils/stores/workbench.ts';
import { App, showTab, tabInAddress } from './App.tsx';

const attempt = Number(new URLSearchParams(location.search).get('attempt')) || undefined;
const send = createConnectedSend('workbench');
const openJournal = createJournalReader(createConnectionProvider(), () => send('readJournalIdentity', {}));
const jobs = createJobReader(openJournal);
const planned = createPlannedStore({
  send,
  clock: systemClock,
  local: systemLocalTime,
  load: () => send('getScheduledJobs', {}),
});
const bulk = createBulkStore({
  send,
  local: systemLocalTime,
  onPlanned: planned.actions.show,
  jobs,
  clock: systemClock,
  download: downloadFile,
  jobMarker: jobMarker,
});
const store = createWorkbenchStore(send, tabInAddress(), bulk.actions);
const keepQuery = (query: string) =>
  history.replaceState(null, '', location.pathname + query + location.hash);
const filters = filtersFromQuery(location.search);
const copy = (text: string) => navigator.clipboard.writeText(text);
/** Opens the bulk tab with these codes, which it reviews. */
function review(ids: readonly string[]): Promise<void> {
  showTab(store, 'bulk');
  return bulk.actions.loadList({ ids });
}
const search = createSearchStore({
  send,
  clock: systemClock,
  filters,
  atOnce: tabInAddress() === 'search' && Object.keys(filters).length > 0,
  keepFilters: (kept) => keepQuery(queryWithFilters(location.search, kept)),
  download: downloadFile,
  saveImage: downloadFrom,
  copy,
  review,
});
const find = createPictureFinder({ send, findsAll: true });
const journal = createHistoryReader(openJournal, systemClock);
const replacing = createReplacementStore({
  send,
  clock: systemClock,
  earlier: createReplacementFinder(journal),
  copy,
  saveImage: downloadFrom,
  search: (text) => void search.actions.searchText(text),
});
const record = createHistoryViewStore({
  journal,
  planned: jobs.planned,
  clock: systemClock,
  filters: historyFiltersFromQuery(location.search),
  keepFilters: (kept) => keepQuery(queryWithHistoryFilters(location.search, kept)),
  highlightedAttemptId: attempt,
  download: downloadFile,
});
/** Reads the journal for the history, only if the history is on screen. */
const lookAtRecord = () =>
  void (store.getState().tab === 'history' && !document.hidden && record.actions.look());
const lookAtJournal = () => {
  lookAtRecord();
  void replacing.actions.lookAgain();
};

store.subscribe(({ page }) => {
  bulk.actions.syncAccount(page);
  search.actions.syncAccount(page);
  find.actions.syncAccount(page);
  replacing.actions.follow(page);
});
await initPageLanguage(() => `${t('workbenchTitle')} – ${t('extensionName')}`);
store.subscribe(({ tab }, before) => tab !== before.tab && lookAtRecord());
document.addEventListener('visibilitychange', lookAtJournal);
onPageEvents(() => {
  void store.actions.load();
  void bulk.actions.refresh();
  void planned.actions.refresh();
  lookAtJournal();
});
onJobChanged(() => {
  void bulk.actions.refresh();
  void planned.actions.refresh();
  lookAtRecord();
});
lookAtRecord();
void planned.actions.refresh();
void bulk.actions.refresh().then(() => store.actions.load());
restoreLostFocus();
const root = document.getElementById('root');
if (root)
  render(
    <App
      store={store}
      bulk={bulk}
      planned={planned}
      search={search}
      replacing={replacing}
      find={find}
      history={record}
      onReview={(ids) => void review(ids)}
    />,
    root,
  );

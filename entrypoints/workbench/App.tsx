import { useEffect } from 'preact/hooks';
import { usePageLanguage } from '../../components/shared/page-language.ts';
import { SupportDetails } from '../../components/shared/support-details.ts';
import { applyTheme } from '../../components/ui/theme.ts';
import { Workbench } from '../../components/workbench/Workbench.tsx';
import { openInOrdinaryTab } from '../../utils/navigation/open-page.ts';
import type { BulkStore } from '../../utils/stores/bulk-state.ts';
import type { FindStore } from '../../utils/stores/find-state.ts';
import type { HistoryViewStore } from '../../utils/stores/history-state.ts';
import type { PlannedStore } from '../../utils/stores/planned-state.ts';
import type { ReplacementStore } from '../../utils/stores/replacement-state.ts';
import type { SearchStore } from '../../utils/stores/search-state.ts';
import { copySupportDetails } from '../../utils/stores/support-details.ts';
import { useStore } from '../../utils/stores/use-store.ts';
import { WORKBENCH_TABS, type WorkbenchStore, type WorkbenchTab } from '../../utils/stores/workbench.ts';

interface AppProps {
  store: WorkbenchStore;
  bulk: BulkStore;
  planned: PlannedStore;
  search: SearchStore;
  replacing: ReplacementStore;
  find: FindStore;
  history: HistoryViewStore;
  /** Opens the bulk review with these codes. */
  onReview: (qrCodeIds: readonly string[]) => void;
}

export function App({ store, bulk, planned, search, replacing, find, history, onReview }: AppProps) {
  const state = useStore(store);
  const bulkState = useStore(bulk);
  const plannedState = useStore(planned);
  const searchState = useStore(search);
  const replacingState = useStore(replacing);
  const findState = useStore(find);
  const historyState = useStore(history);
  useEffect(() => applyTheme(state.page?.settings.theme), [state.page]);
  usePageLanguage(state.page?.settings.language);
  useEffect(() => {
    const follow = () => store.actions.show(tabInAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [store]);
  return (
    <SupportDetails.Provider value={copySupportDetails}>
      <Workbench
        state={state}
        actions={store.actions}
        bulk={{ state: bulkState, actions: bulk.actions }}
        planned={{ state: plannedState, actions: planned.actions }}
        search={{ state: searchState, actions: search.actions }}
        replacing={{ state: replacingState, actions: replacing.actions }}
        find={{ state: findState, actions: find.actions }}
        history={{ state: historyState, actions: history.actions }}
        onReview={onReview}
        onShow={(tab) => showTab(store, tab)}
        onOpenOrdinary={() => void openInOrdinaryTab(location.href)}
      />
    </SupportDetails.Provider>
  );
}

/** Shows a tab and puts its name into the URL's hash, without an entry in the browser's history. */
export function showTab(store: WorkbenchStore, tab: WorkbenchTab): void {
  window.history.replaceState(null, '', `#${tab}`);
  store.actions.show(tab);
}

/** The tab named by the URL's hash, or the first tab if the hash names none. */
export function tabInAddress(): WorkbenchTab {
  const name = location.hash.slice(1);
  return WORKBENCH_TABS.find((tab) => tab === name) ?? WORKBENCH_TABS[0];
}

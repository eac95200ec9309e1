import { t } from '../../utils/i18n/i18n.ts';
import { isFinalJob } from '../../utils/model/job.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { currentAccount } from '../../utils/stores/current-account.ts';
import type { FindActions, FindState } from '../../utils/stores/find-state.ts';
import type { HistoryActions, HistoryState } from '../../utils/stores/history-state.ts';
import type { PlannedActions, PlannedState } from '../../utils/stores/planned-state.ts';
import type { ReplacementActions, ReplacementState } from '../../utils/stores/replacement-state.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import {
  WORKBENCH_TABS,
  type WorkbenchActions,
  type WorkbenchState,
  type WorkbenchTab,
} from '../../utils/stores/workbench.ts';
import { BulkTab } from '../bulk/BulkTab.tsx';
import { PlannedSection } from '../bulk/PlannedSection.tsx';
import { FindTab } from '../find/FindTab.tsx';
import { HistoryTab } from '../history/HistoryTab.tsx';
import { AccountBar } from '../shared/AccountBar.tsx';
import { LoadError } from '../shared/LoadError.tsx';
import '../shared/page.css';
import { SearchTab } from '../search/SearchTab.tsx';
import { ElsewhereNotice } from '../shared/ElsewhereNotice.tsx';
import { VaultGate } from '../shared/VaultGate.tsx';

interface WorkbenchProps {
  state: WorkbenchState;
  actions: WorkbenchActions;
  bulk: { state: BulkState; actions: BulkActions };
  planned: { state: PlannedState; actions: PlannedActions };
  search: { state: SearchState; actions: SearchActions };
  replacing: { state: ReplacementState; actions: ReplacementActions };
  find: { state: FindState; actions: FindActions };
  history: { state: HistoryState; actions: HistoryActions };
  onShow: (tab: WorkbenchTab) => void;
  /** Opens the bulk review with these codes. */
  onReview: (qrCodeIds: readonly string[]) => void;
  /** Opens this page in an ordinary tab, which can read the journal. */
  onOpenOrdinary: () => void;
}

export function Workbench(props: WorkbenchProps) {
  const { state, actions, bulk, search, replacing, find, history, onShow } = props;
  const labels: Record<WorkbenchTab, string> = {
    bulk: t('bulkCancel'),
    search: t('search'),
    find: t('findTab'),
    history: t('history'),
  };
  const { job, journal } = bulk.state;
  // A job started here could be neither shown nor stopped here.
  if (journal === 'elsewhere') return <ElsewhereNotice onOpenOrdinary={props.onOpenOrdinary} />;
  return (
    <>
      <AccountBar
        page={state.page}
        account={currentAccount(state.page)}
        onUse={(accountId) => void actions.use(accountId)}
        onLock={() => void actions.lock()}
      />
      <main class="page stack">
        <h1>{t('workbenchTitle')}</h1>
        {state.unanswered && <LoadError onRetry={() => void actions.load()} />}
        {state.page && <VaultGate vault={state.page.vault} onUnlock={actions.unlock} />}
        <div class="tabs" role="tablist" aria-label={t('workbenchTitle')}>
          {WORKBENCH_TABS.map((tab) => (
            <button
              key={tab}
              id={`tab-${tab}`}
              type="button"
              role="tab"
              aria-selected={tab === state.tab}
              aria-controls="tab-panel"
              tabIndex={tab === state.tab ? 0 : -1}
              onClick={() => onShow(tab)}
              onKeyDown={(event) => moveFocus(event, tab, onShow)}
            >
              {labels[tab]}
            </button>
          ))}
        </div>
        <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${state.tab}`}>
          {state.tab === 'bulk' && (
            <div class="stack">
              <PlannedSection {...props.planned} />
              <BulkTab {...bulk} page={state.page} />
            </div>
          )}
          {state.tab === 'search' && (
            <SearchTab
              {...search}
              replacing={replacing}
              page={state.page}
              jobUnderWay={job !== undefined && !isFinalJob(job.job.state)}
            />
          )}
          {state.tab === 'find' && <FindTab {...find} page={state.page} onReview={props.onReview} />}
          {state.tab === 'history' && <HistoryTab {...history} />}
        </div>
      </main>
    </>
  );
}

/** Left and right arrows move between tabs (WAI-ARIA Authoring Practices, tabs pattern). */
function moveFocus(event: KeyboardEvent, tab: WorkbenchTab, onShow: (tab: WorkbenchTab) => void): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const count = WORKBENCH_TABS.length;
  const next = WORKBENCH_TABS[(WORKBENCH_TABS.indexOf(tab) + step + count) % count];
  if (!next) return;
  onShow(next);
  document.getElementById(`tab-${next}`)?.focus();
}

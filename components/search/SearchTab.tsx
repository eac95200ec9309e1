import { t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import type { ReplacementActions, ReplacementState } from '../../utils/stores/replacement-state.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { AccountRequiredNotice } from '../shared/AccountRequiredNotice.tsx';
import { DetailsDialog } from './DetailsDialog.tsx';
import { FilterForm } from './FilterForm.tsx';
import { ReplacementDialog } from './ReplacementDialog.tsx';
import { SearchResults } from './SearchResults.tsx';
import './search.css';
import '../ui/report.css';

interface SearchTabProps {
  state: SearchState;
  actions: SearchActions;
  replacing: { state: ReplacementState; actions: ReplacementActions };
  page: AppState | undefined;
  /** Whether a bulk cancel is running. Then no other can start. */
  jobUnderWay: boolean;
}

/** The filters, the matching codes, and the bulk cancel of a selection. */
export function SearchTab({ state, actions, replacing, page, jobUnderWay }: SearchTabProps) {
  const { found, details } = state;
  const { replacement } = replacing.state;
  return (
    <div class="stack search">
      <AccountRequiredNotice page={page} locked={t('searchLocked')} none={t('searchNoAccount')} />
      <FilterForm state={state} actions={actions} />
      {found && <SearchResults found={found} state={state} actions={actions} jobUnderWay={jobUnderWay} />}
      {found && details && (
        <DetailsDialog
          key={details.qrCodeId}
          details={details}
          account={found.account}
          actions={actions}
          onReplace={(qrCodeId, code) => {
            actions.close();
            replacing.actions.begin(found.account, qrCodeId, code);
          }}
        />
      )}
      {/* The outcome of a create stays available after a lock, but is hidden until the vault is unlocked. */}
      {replacement && page?.vault.status === 'open' && (
        <ReplacementDialog replacement={replacement} actions={replacing.actions} />
      )}
    </div>
  );
}

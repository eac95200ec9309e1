import { t } from '../../utils/i18n/i18n.ts';
import { sameFilters } from '../../utils/search/filters.ts';
import type { Found } from '../../utils/search/search-result.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { foundText, searchNotes } from '../../utils/wording/search.ts';
import { AccountHeading } from '../shared/AccountHeading.tsx';
import { Countdown } from '../shared/Countdown.tsx';
import { ResultsTable } from './ResultsTable.tsx';
import { SearchInterrupted } from './SearchInterrupted.tsx';
import { SelectionBar } from './SelectionBar.tsx';

interface SearchResultsProps {
  found: Found;
  state: SearchState;
  actions: SearchActions;
  jobUnderWay: boolean;
}

/** The results of a search so far, with notes and actions. */
export function SearchResults({ found, state, actions, jobUnderWay }: SearchResultsProps) {
  const changed = !sameFilters(state.filters, found.filters);
  const notes = [...(changed ? [t('noteFiltersChanged')] : []), ...searchNotes(found)];
  return (
    <section class="stack" aria-labelledby="found-heading">
      <AccountHeading id="found-heading" title={t('searchResults')} account={found.account} />
      <p role="status" class="search-summary">
        {foundText(found)}
      </p>
      {found.waitingUntil !== undefined && <Countdown until={found.waitingUntil} />}
      <SearchInterrupted found={found} onSearchOn={() => void actions.resumeSearch()} />
      <div aria-live="polite">
        {notes.length > 0 && (
          <ul class="report warning">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      {found.state === 'done' && found.rows.length === 0 && <p class="quiet">{t('filtersNext')}</p>}
      {state.rows.length > 0 && (
        <>
          <SelectionBar
            found={found}
            state={state}
            actions={actions}
            outdated={changed}
            obstacle={jobUnderWay ? jobInTheWay() : undefined}
          />
          <ResultsTable state={state} actions={actions} />
        </>
      )}
    </section>
  );
}

function jobInTheWay(): string {
  return `${t('startAnotherJob')} ${t('startAnotherJobNext')}`;
}

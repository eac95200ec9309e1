import { createStore } from 'zustand/vanilla';
import { createDetailsSlice } from './search-details.ts';
import { createRowsSlice } from './search-rows.ts';
import { createRunSlice, NOTHING_FOUND } from './search-run.ts';
import type { SearchActions, SearchContext, SearchDeps, SearchState, SearchStore } from './search-state.ts';

/** Builds the store of the search tab: the filters, the results and their selection, and one code's details. */
export function createSearchStore(deps: SearchDeps): SearchStore {
  const store = createStore<SearchState>(() => ({
    ...NOTHING_FOUND,
    filters: deps.filters,
    problem: undefined,
    sort: undefined,
  }));
  const context: SearchContext = { ...deps, get: store.getState, set: store.setState };
  const actions: SearchActions = {
    ...createRunSlice(context),
    ...createRowsSlice(context),
    ...createDetailsSlice(context),
  };
  return Object.assign(store, { actions });
}

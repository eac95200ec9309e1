import { createStore } from 'zustand/vanilla';
import { createHistoryFollower } from '../history/history-follower.ts';
import { createCursorSlice } from './history-cursor.ts';
import { createExportSlice } from './history-exports.ts';
import { createFilterSlice, createHistoryIndex, createListener, lookAtPlanned } from './history-lines.ts';
import type { HistoryContext, HistoryDeps, HistoryState, HistoryViewStore } from './history-state.ts';
import { NO_VIOLATIONS } from './history-violations.ts';

/** Builds the store of the history tab: its lines and filters, the cursor, the exports and the check of the chain. */
export function createHistoryViewStore(deps: HistoryDeps): HistoryViewStore {
  const store = createStore<HistoryState>(() => ({
    filters: deps.filters,
    shown: [],
    matching: 0,
    read: 0,
    total: 0,
    reading: 'not-yet',
    trouble: undefined,
    accounts: [],
    jobs: [],
    chain: undefined,
    ...NO_VIOLATIONS,
    cursor: undefined,
    chosen: deps.highlightedAttemptId,
    details: undefined,
    exporting: undefined,
  }));
  const context: HistoryContext = {
    ...deps,
    get: store.getState,
    set: store.setState,
    index: createHistoryIndex(deps.filters, deps.highlightedAttemptId),
  };
  const follower = createHistoryFollower(deps.journal, deps.clock, createListener(context));
  const actions: HistoryViewStore['actions'] = {
    async look() {
      await follower.look();
      await lookAtPlanned(context);
    },
    ...createFilterSlice(context),
    ...createCursorSlice(context),
    ...createExportSlice(context, follower.all),
  };
  return Object.assign(store, { actions });
}

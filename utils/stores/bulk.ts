import { createStore } from 'zustand/vanilla';
import { createConfirmationSlice } from './bulk-confirmation.ts';
import { createBulkFiles, NO_FILES } from './bulk-files.ts';
import { createIncomingSlice } from './bulk-incoming.ts';
import { createJobSlice } from './bulk-job.ts';
import { createListSlice } from './bulk-list.ts';
import { createReviewSession, createReviewSlice, dropReads } from './bulk-review.ts';
import type { BulkContext, BulkDeps, BulkState, BulkStore } from './bulk-state.ts';

/** The state of the tab before a list is entered. */
export const INITIAL_BULK_STATE: BulkState = {
  text: '',
  stashedList: undefined,
  list: undefined,
  sources: [],
  parts: [],
  files: NO_FILES,
  review: undefined,
  includeUnread: false,
  waitSeconds: 0,
  confirmation: undefined,
  job: undefined,
  filter: 'all',
  pendingCommand: undefined,
  journal: undefined,
  error: undefined,
};

/** Builds the store of the bulk tab: a list, its review, the job that cancels it, and the job's report. */
export function createBulkStore(deps: BulkDeps): BulkStore {
  const store = createStore<BulkState>(() => INITIAL_BULK_STATE);
  const context: BulkContext = { ...deps, get: store.getState, set: store.setState };
  const session = createReviewSession();
  const list = createListSlice(context, () => dropReads(session));
  const files = createBulkFiles({
    clock: deps.clock,
    get: context.get,
    set: (changed) => context.set({ files: changed }),
    takeSources: list.takeSources,
    review: () => void review.actions.review(),
  });
  const review = createReviewSlice({
    ...context,
    session,
    parse: list.parse,
    isIncomplete: files.isIncomplete,
  });
  const job = createJobSlice(context);
  const confirmation = createConfirmationSlice({
    ...context,
    clearList() {
      files.forget();
      list.setText('');
    },
    refresh: job.refresh,
  });
  const incoming = createIncomingSlice({
    ...context,
    list,
    review,
    forgetFiles: files.forget,
    startNewList: job.startNewList,
  });
  const actions: BulkStore['actions'] = {
    ...files.actions,
    ...list.actions,
    ...review.actions,
    ...confirmation,
    ...job,
    ...incoming,
    syncAccount(page) {
      if (page) context.set({ waitSeconds: page.settings.waitBeforeCancelling });
      review.syncAccount(page);
    },
  };
  return Object.assign(store, { actions });
}

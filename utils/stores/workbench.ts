import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState, Send } from '../messaging/protocol.ts';
import { type AccountActions, createAccountActions } from './account-actions.ts';
import type { BulkStore } from './bulk-state.ts';

export const WORKBENCH_TABS = ['bulk', 'search', 'history', 'find'] as const;
export type WorkbenchTab = (typeof WORKBENCH_TABS)[number];

/** What the workbench shows. */
export interface WorkbenchState {
  page: AppState | undefined;
  /** Whether the background did not answer the last `getAppState`. */
  unanswered: boolean;
  tab: WorkbenchTab;
}

export interface WorkbenchActions extends AccountActions {
  load(): Promise<void>;
  consumePendingAction(): Promise<void>;
  show(tab: WorkbenchTab): void;
}

export type WorkbenchStore = StoreApi<WorkbenchState> & { actions: WorkbenchActions };

/** Builds the workbench's store. `loadList` takes a list of codes that another page handed over. */
export function createWorkbenchStore(
  send: Send,
  tab: WorkbenchTab,
  { loadList, reportLostList }: Pick<BulkStore['actions'], 'loadList' | 'reportLostList'>,
): WorkbenchStore {
  const store = createStore<WorkbenchState>(() => ({
    page: undefined,
    unanswered: false,
    tab,
  }));
  const { setState: set } = store;
  let isOpened = false;
  const actions: WorkbenchActions = {
    ...createAccountActions(send, () => actions.load()),
    async load() {
      try {
        set({ page: await send('getAppState', {}), unanswered: false });
      } catch {
        return set({ unanswered: true });
      }
      // Only a page that has just opened takes the pending action, so that it never replaces a pasted list.
      if (isOpened) return;
      isOpened = true;
      await actions.consumePendingAction();
    },
    async consumePendingAction() {
      const handOver = await send('consumePendingAction', { page: 'workbench' });
      if (handOver?.action !== 'review' && handOver?.action !== 'lost') return;
      set({ tab: 'bulk' });
      if (handOver.action === 'lost') return reportLostList();
      await loadList({ text: handOver.text });
    },
    show: (shown) => set({ tab: shown }),
  };
  return Object.assign(store, { actions });
}

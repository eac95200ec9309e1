import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PageState, Send } from '../messages.ts';
import type { Attempt } from '../qr-code/attempt.ts';
import { type AccountActions, createAccountActions } from './account-actions.ts';

export const WORKBENCH_TABS = ['bulk', 'search', 'history'] as const;
export type WorkbenchTab = (typeof WORKBENCH_TABS)[number];

/** What the workbench shows. */
export interface WorkbenchState {
  page: PageState | undefined;
  tab: WorkbenchTab;
  attempts: Attempt[] | undefined;
  filter: string;
  /** The attempt that a notification led to. */
  chosen: number | undefined;
}

export interface WorkbenchActions extends AccountActions {
  load(): Promise<void>;
  loadAttempts(): Promise<void>;
  takeHandOver(): Promise<void>;
  show(tab: WorkbenchTab): void;
  setFilter(filter: string): void;
}

export type WorkbenchStore = StoreApi<WorkbenchState> & { actions: WorkbenchActions };

/** How many of the newest attempts the list shows. */
const ATTEMPTS_SHOWN = 500;

/** Builds the workbench's state. `onList` takes a list of codes that was left for this page. */
export function createWorkbenchStore(
  send: Send,
  tab: WorkbenchTab,
  onList: (text: string) => Promise<void>,
  chosen?: number,
): WorkbenchStore {
  const store = createStore<WorkbenchState>(() => ({
    page: undefined,
    tab,
    attempts: undefined,
    filter: '',
    chosen,
  }));
  const { getState: get, setState: set } = store;
  const actions: WorkbenchActions = {
    ...createAccountActions(send, () => actions.load()),
    async load() {
      const isFirst = get().page === undefined;
      set({ page: await send('readPage', {}) });
      await actions.loadAttempts();
      // Only a page that has just opened takes what was left for it: nothing pasted is ever overwritten.
      if (isFirst) await actions.takeHandOver();
    },
    loadAttempts: async () => set({ attempts: await send('readAttempts', { limit: ATTEMPTS_SHOWN }) }),
    async takeHandOver() {
      const handOver = await send('takeHandOver', { page: 'workbench' });
      if (handOver?.action !== 'review') return;
      set({ tab: 'bulk' });
      await onList(handOver.text);
    },
    show(shown) {
      set({ tab: shown });
      // A job adds to the history without telling each page of every code.
      if (shown === 'history') void actions.loadAttempts();
    },
    setFilter: (filter) => set({ filter }),
  };
  return Object.assign(store, { actions });
}

/** The attempts in which the text occurs: id, name, account or environment. */
export function filterAttempts(attempts: readonly Attempt[], filter: string): Attempt[] {
  const wanted = filter.trim().toLowerCase();
  return attempts.filter(({ qrCodeId, qrName = '', accountName, environment }) =>
    `${qrCodeId} ${qrName} ${accountName} ${environment}`.toLowerCase().includes(wanted),
  );
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PageState, Send } from '../messages.ts';
import type { Attempt } from '../qr-code/attempt.ts';
import { decodeIdFile } from '../qr-code/id-file.ts';
import { type IdList, readIdList } from '../qr-code/id-list.ts';
import { type AccountActions, createAccountActions } from './account-actions.ts';

export const WORKBENCH_TABS = ['bulk', 'search', 'history'] as const;
export type WorkbenchTab = (typeof WORKBENCH_TABS)[number];

type FileProblem = { code: 'not-text' } | { code: 'file-too-large'; limit: number };

/** What the workbench shows. */
export interface WorkbenchState {
  page: PageState | undefined;
  tab: WorkbenchTab;
  text: string;
  list: IdList | undefined;
  fileProblem: FileProblem | undefined;
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
  setText(text: string): void;
  review(): void;
  readFile(bytes: Uint8Array): void;
  open(qrCodeId: string): Promise<void>;
  setFilter(filter: string): void;
}

export type WorkbenchStore = StoreApi<WorkbenchState> & { actions: WorkbenchActions };

/** How many of the newest attempts the list shows. */
const ATTEMPTS_SHOWN = 500;

/** Builds the workbench's state. */
export function createWorkbenchStore(send: Send, tab: WorkbenchTab, chosen?: number): WorkbenchStore {
  const store = createStore<WorkbenchState>(() => ({
    page: undefined,
    tab,
    text: '',
    list: undefined,
    fileProblem: undefined,
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
      set({ tab: 'bulk', text: handOver.ids.join('\n') });
      actions.review();
    },
    show: (shown) => set({ tab: shown }),
    setText: (text) => set({ text, list: undefined, fileProblem: undefined }),
    review: () => set({ list: readIdList(get().text), fileProblem: undefined }),
    readFile(bytes) {
      const decoded = decodeIdFile(bytes);
      if (decoded.ok) set({ text: decoded.text, list: readIdList(decoded.text), fileProblem: undefined });
      else set({ list: undefined, fileProblem: decoded.problem });
    },
    open: async (qrCodeId) => void (await send('openQrCode', { qrCodeId })),
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

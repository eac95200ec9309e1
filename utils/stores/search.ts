import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../lib/clock.ts';
import type { AccountView, AppState, Send } from '../messaging/protocol.ts';
import { MAX_IDS } from '../qr-code-id/max-ids.ts';
import { filterProblem, type SearchFilters, sameFilters, validFilters } from '../search/filters.ts';
import type { FilterWays } from '../search/gateway-filters.ts';
import { createCollector, type ResultCollector } from '../search/result-collector.ts';
import { runSearch } from '../search/run-search.ts';
import type { Found } from '../search/search-result.ts';
import {
  EMPTY_SELECTION,
  extendTo,
  move,
  moveCursor,
  retainVisible,
  type Selection,
  selectAll,
  toggle,
} from '../search/selection.ts';
import { nextSort, sortRows } from '../search/sort.ts';
import { rowText, searchCsv } from '../wording/search-csv.ts';
import { currentAccount } from './current-account.ts';
import { imageFileName } from './image-file.ts';
import type { SearchActions, SearchState } from './search-state.ts';

export interface SearchDeps {
  send: Send;
  clock: Clock;
  /** The filters that the page's address names. */
  filters: SearchFilters;
  /** Whether to search with them as soon as there is an account to search with. */
  atOnce: boolean;
  /** Puts filters into the page's address. */
  keepFilters: (filters: SearchFilters) => void;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
  /** Hands an image (a `data:` address) to the browser as a file to save. */
  saveImage: (fileName: string, address: string) => void;
  copy: (text: string) => Promise<void>;
  /** Gives a list of ids to the bulk tab and shows that. */
  review: (ids: readonly string[]) => Promise<void>;
}

export type SearchStore = StoreApi<SearchState> & { actions: SearchActions };

const NOTHING_FOUND = {
  found: undefined,
  rows: [],
  selection: EMPTY_SELECTION,
  details: undefined,
} as const;

/** Builds the state of the search tab: filters, what was found, what is selected of it, one code's details. */
export function createSearchStore(deps: SearchDeps): SearchStore {
  const { send, clock } = deps;
  const store = createStore<SearchState>(() => ({
    ...NOTHING_FOUND,
    filters: deps.filters,
    problem: undefined,
    sort: undefined,
  }));
  const { getState: get, setState: set } = store;
  let account: AccountView | undefined;
  /** Whether a search is wanted as soon as there is an account to search with. */
  let isSearchPending = deps.atOnce;
  let reading = new AbortController();
  let collector: ResultCollector | undefined;
  /** How each account's gateway takes filters, as found out by the searches of this page. */
  const ways = new Map<string, FilterWays>();
  /** How many times a code's details were opened. */
  let detailsRequest = 0;

  /** Lays something over the search on screen, and draws rows and selection after it. */
  function updateResults(change: Partial<Found>): void {
    const { found, sort, selection } = get();
    if (!found) return;
    const now = { ...found, ...change };
    set({ found: now });
    if (now.rows === found.rows) return;
    const ids = new Set(now.rows.map(({ qrCodeId }) => qrCodeId));
    const kept = retainVisible(selection, ids);
    // Rows that come in between would be in a range that was drawn before.
    set({ rows: sortRows(now.rows, sort), selection: sort ? moveCursor(kept, kept.cursor) : kept });
  }

  async function read(): Promise<void> {
    const { found } = get();
    if (!found || !collector) return;
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    updateResults({ state: 'searching', failure: undefined });
    const failure = await runSearch(send, clock, {
      accountId: found.account.id,
      filters: found.filters,
      collector,
      signal,
      onPage: updateResults,
      onWays: (known) => void ways.set(found.account.id, known),
      onWait: (waitingUntil) => !signal.aborted && updateResults({ waitingUntil }),
    });
    if (!signal.aborted) updateResults({ state: failure ? 'stopped' : 'done', failure });
  }

  function select(change: (selection: Selection, order: readonly string[]) => Selection): void {
    const { selection, rows } = get();
    const order = rows.map(({ qrCodeId }) => qrCodeId);
    set({ selection: change(selection, order) });
  }

  async function copy(text: string | undefined): Promise<void> {
    if (text === undefined) return;
    const opening = detailsRequest;
    const copied = await deps.copy(text).then(
      () => true,
      () => false,
    );
    const { details } = get();
    if (details && opening === detailsRequest) set({ details: { ...details, copied } });
  }

  /** What was read of the code whose details are open; `undefined` where that failed. */
  function loadedCode() {
    const { details } = get();
    return details?.read?.kind === 'answered' ? details.read.payload : undefined;
  }

  const actions: SearchActions = {
    syncAccount(page) {
      account = readyAccount(page);
      const { found } = get();
      if (found && found.account.id !== account?.id) {
        reading.abort();
        set(NOTHING_FOUND);
      }
      if (!account || !isSearchPending) return;
      isSearchPending = false;
      void actions.search();
    },
    setFilter: (name, text) => set({ filters: { ...get().filters, [name]: text }, problem: undefined }),
    clearFilters: () => set({ filters: {}, problem: undefined }),
    async search() {
      const problem = filterProblem(get().filters);
      set({ problem });
      if (problem) return;
      const filters = validFilters(get().filters);
      // Pressed before the page knows its account, or while it is locked: `syncAccount` searches once it can.
      if (!account) {
        isSearchPending = true;
        return;
      }
      deps.keepFilters(filters);
      reading.abort();
      const { id, name, environment } = account;
      collector = createCollector(filters, ways.get(id));
      set({
        ...NOTHING_FOUND,
        filters,
        found: {
          ...collector.collection(),
          account: { id, name, environment },
          filters,
          state: 'searching',
        },
      });
      await read();
    },
    searchText(text) {
      set({ filters: { text } });
      return actions.search();
    },
    stop() {
      reading.abort();
      updateResults({ state: 'stopped', waitingUntil: undefined });
    },
    resumeSearch: read,
    sortBy(column) {
      const { found, selection } = get();
      const sort = nextSort(get().sort, column);
      const rows = sortRows(found?.rows ?? [], sort);
      set({ sort, rows, selection: moveCursor(selection, selection.cursor) });
    },
    toggle: (qrCodeId) => select((selection) => toggle(selection, qrCodeId)),
    extendTo: (qrCodeId) => select((selection, order) => extendTo(selection, order, qrCodeId)),
    move: (step, extend) => select((selection, order) => move(selection, order, step, extend)),
    selectAll: () => select(selectAll),
    selectNone: () => set({ selection: EMPTY_SELECTION }),
    async cancelSelected() {
      const { found, rows, selection } = get();
      const ids = rows.map(({ qrCodeId }) => qrCodeId).filter((id) => selection.ids.has(id));
      if (!found || found.account.id !== account?.id || ids.length === 0 || ids.length > MAX_IDS) return;
      if (!sameFilters(get().filters, found.filters)) return;
      reading.abort();
      if (found.state === 'searching') updateResults({ state: 'stopped', waitingUntil: undefined });
      await deps.review(ids);
    },
    exportCsv() {
      const { found, rows } = get();
      if (found) deps.download('qr-codes.csv', 'text/csv', searchCsv(rows, found.account));
    },
    async exportExcel() {
      const { found, rows } = get();
      if (!found) return;
      const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
      deps.download('qr-codes.xlsx', XLSX_TYPE, await excelExports.search(rows, found.account, clock));
    },
    async open(qrCodeId) {
      const { found } = get();
      if (!found) return;
      detailsRequest += 1;
      const opening = detailsRequest;
      set({ details: { qrCodeId }, selection: moveCursor(get().selection, qrCodeId) });
      const answer = await send('getQrCode', { accountId: found.account.id, qrCodeId }).catch(
        () => ({ kind: 'ambiguous', reason: 'connection' }) as const,
      );
      // Not the same code, opened again since or with another account.
      const { details } = get();
      if (details && opening === detailsRequest) set({ details: { ...details, read: answer } });
    },
    close: () => set({ details: undefined }),
    copyId: () => copy(get().details?.qrCodeId),
    copyRow() {
      const { details } = get();
      const code = loadedCode();
      return copy(code && details && rowText({ ...code, qrCodeId: details.qrCodeId }));
    },
    saveImage() {
      const { details } = get();
      const image = loadedCode()?.qrCodeBase64;
      const name = imageFileName(details?.qrCodeId, image);
      if (name !== undefined && image) deps.saveImage(name, image);
    },
  };
  return Object.assign(store, { actions });
}

/** The account to search with, where its keys are to be had now. */
function readyAccount(page: AppState | undefined): AccountView | undefined {
  const account = currentAccount(page);
  return page?.vault.status === 'open' && account?.hasKeys ? account : undefined;
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../lib/clock.ts';
import type { AccountView, PageState, Send } from '../messaging/protocol.ts';
import { MAX_IDS } from '../qr-code-id/max-ids.ts';
import { cleanFilters, filterProblem, type SearchFilters, sameFilters } from '../search/filters.ts';
import type { FilterWays } from '../search/gateway-filters.ts';
import { type Collector, createCollector } from '../search/result-collector.ts';
import { readSearch } from '../search/run-search.ts';
import type { Found } from '../search/search-result.ts';
import {
  extendTo,
  keepShown,
  move,
  NOTHING_SELECTED,
  place,
  type Selection,
  selectAll,
  toggle,
} from '../search/selection.ts';
import { nextSort, sortRows } from '../search/sort.ts';
import { rowText, searchCsv } from '../wording/search-csv.ts';
import { imageFileName } from './image-file.ts';
import { accountInUse } from './popup.ts';
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
  selection: NOTHING_SELECTED,
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
  let atOnce = deps.atOnce;
  let reading = new AbortController();
  let collector: Collector | undefined;
  /** How each account's gateway takes filters, as found out by the searches of this page. */
  const ways = new Map<string, FilterWays>();
  /** How many times a code's details were opened. */
  let opened = 0;

  /** Lays something over the search on screen, and draws rows and selection after it. */
  function show(change: Partial<Found>): void {
    const { found, sort, selection } = get();
    if (!found) return;
    const now = { ...found, ...change };
    set({ found: now });
    if (now.rows === found.rows) return;
    const ids = new Set(now.rows.map(({ qrCodeId }) => qrCodeId));
    const kept = keepShown(selection, ids);
    // Rows that come in between would be in a range that was drawn before.
    set({ rows: sortRows(now.rows, sort), selection: sort ? place(kept, kept.cursor) : kept });
  }

  async function read(): Promise<void> {
    const { found } = get();
    if (!found || !collector) return;
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    show({ state: 'searching', failure: undefined });
    const failure = await readSearch(send, clock, {
      accountId: found.account.id,
      filters: found.filters,
      collector,
      signal,
      onPage: show,
      onWays: (known) => void ways.set(found.account.id, known),
      onWait: (waitingUntil) => !signal.aborted && show({ waitingUntil }),
    });
    if (!signal.aborted) show({ state: failure ? 'stopped' : 'done', failure });
  }

  function select(change: (selection: Selection, order: readonly string[]) => Selection): void {
    const { selection, rows } = get();
    const order = rows.map(({ qrCodeId }) => qrCodeId);
    set({ selection: change(selection, order) });
  }

  async function copy(text: string | undefined): Promise<void> {
    if (text === undefined) return;
    const opening = opened;
    const copied = await deps.copy(text).then(
      () => true,
      () => false,
    );
    const { details } = get();
    if (details && opening === opened) set({ details: { ...details, copied } });
  }

  /** What was read of the code whose details are open; `undefined` where that failed. */
  function readCode() {
    const { details } = get();
    return details?.read?.kind === 'answered' ? details.read.payload : undefined;
  }

  const actions: SearchActions = {
    follow(page) {
      account = usable(page);
      const { found } = get();
      if (found && found.account.id !== account?.id) {
        reading.abort();
        set(NOTHING_FOUND);
      }
      if (!account || !atOnce) return;
      atOnce = false;
      void actions.search();
    },
    setFilter: (name, text) => set({ filters: { ...get().filters, [name]: text }, problem: undefined }),
    clearFilters: () => set({ filters: {}, problem: undefined }),
    async search() {
      const problem = filterProblem(get().filters);
      set({ problem });
      if (problem) return;
      const filters = cleanFilters(get().filters);
      // Pressed before the page knows its account, or while it is locked: `follow` searches once it can.
      if (!account) {
        atOnce = true;
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
      show({ state: 'stopped', waitingUntil: undefined });
    },
    searchOn: read,
    sortBy(column) {
      const { found, selection } = get();
      const sort = nextSort(get().sort, column);
      const rows = sortRows(found?.rows ?? [], sort);
      set({ sort, rows, selection: place(selection, selection.cursor) });
    },
    toggle: (qrCodeId) => select((selection) => toggle(selection, qrCodeId)),
    extendTo: (qrCodeId) => select((selection, order) => extendTo(selection, order, qrCodeId)),
    move: (step, extend) => select((selection, order) => move(selection, order, step, extend)),
    selectAll: () => select(selectAll),
    selectNone: () => set({ selection: NOTHING_SELECTED }),
    async cancelSelected() {
      const { found, rows, selection } = get();
      const ids = rows.map(({ qrCodeId }) => qrCodeId).filter((id) => selection.ids.has(id));
      if (!found || found.account.id !== account?.id || ids.length === 0 || ids.length > MAX_IDS) return;
      if (!sameFilters(get().filters, found.filters)) return;
      reading.abort();
      if (found.state === 'searching') show({ state: 'stopped', waitingUntil: undefined });
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
      opened += 1;
      const opening = opened;
      set({ details: { qrCodeId }, selection: place(get().selection, qrCodeId) });
      const answer = await send('readQrCode', { accountId: found.account.id, qrCodeId }).catch(
        () => ({ kind: 'unclear', reason: 'connection' }) as const,
      );
      // Not the same code, opened again since or with another account.
      const { details } = get();
      if (details && opening === opened) set({ details: { ...details, read: answer } });
    },
    close: () => set({ details: undefined }),
    copyId: () => copy(get().details?.qrCodeId),
    copyRow() {
      const { details } = get();
      const code = readCode();
      return copy(code && details && rowText({ ...code, qrCodeId: details.qrCodeId }));
    },
    saveImage() {
      const { details } = get();
      const image = readCode()?.qrCodeBase64;
      const name = imageFileName(details?.qrCodeId, image);
      if (name !== undefined && image) deps.saveImage(name, image);
    },
  };
  return Object.assign(store, { actions });
}

/** The account to search with, where its keys are to be had now. */
function usable(page: PageState | undefined): AccountView | undefined {
  const account = accountInUse(page);
  return page?.vault.status === 'open' && account?.hasKeys ? account : undefined;
}

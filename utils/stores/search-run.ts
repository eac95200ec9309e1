import type { AccountView, AppState } from '../messaging/protocol.ts';
import { MAX_IDS } from '../qr-code-id/max-ids.ts';
import { filterProblem, sameFilters, validFilters } from '../search/filters.ts';
import type { FilterWays } from '../search/gateway-filters.ts';
import { createCollector, type ResultCollector } from '../search/result-collector.ts';
import { runSearch } from '../search/run-search.ts';
import type { Found } from '../search/search-result.ts';
import { EMPTY_SELECTION, moveCursor, retainVisible } from '../search/selection.ts';
import { sortRows } from '../search/sort.ts';
import { currentAccount, isReady } from './current-account.ts';
import type { SearchActions, SearchContext } from './search-state.ts';

type RunActions = Pick<
  SearchActions,
  | 'syncAccount'
  | 'setFilter'
  | 'clearFilters'
  | 'search'
  | 'searchText'
  | 'stop'
  | 'resumeSearch'
  | 'cancelSelected'
>;

interface RunContext extends SearchContext {
  account: AccountView | undefined;
  /** Whether a search was requested before there was an account for it. */
  isPending: boolean;
  reading: AbortController;
  collector: ResultCollector | undefined;
  /** How to send filters to each account's gateway, as the searches of this page found out. */
  ways: Map<string, FilterWays>;
}

export const NOTHING_FOUND = {
  found: undefined,
  rows: [],
  selection: EMPTY_SELECTION,
  details: undefined,
} as const;

/** The search: its filters, and the pages of results that it reads. */
export function createRunSlice(shared: SearchContext): RunActions {
  const context: RunContext = {
    ...shared,
    account: undefined,
    isPending: shared.atOnce,
    reading: new AbortController(),
    collector: undefined,
    ways: new Map(),
  };
  const { get, set } = context;
  return {
    syncAccount: (page) => syncAccount(context, page),
    setFilter: (name, text) => set({ filters: { ...get().filters, [name]: text }, problem: undefined }),
    clearFilters: () => set({ filters: {}, problem: undefined }),
    search: () => search(context),
    searchText(text) {
      set({ filters: { text } });
      return search(context);
    },
    stop: () => stop(context),
    resumeSearch: () => readPages(context),
    cancelSelected: () => cancelSelected(context),
  };
}

function syncAccount(context: RunContext, page: AppState | undefined): void {
  context.account = isReady(page) ? currentAccount(page) : undefined;
  const { account, get, set } = context;
  const { found } = get();
  if (found && found.account.id !== account?.id) {
    context.reading.abort();
    set(NOTHING_FOUND);
  }
  if (!account || !context.isPending) return;
  context.isPending = false;
  void search(context);
}

async function search(context: RunContext): Promise<void> {
  const { account, ways, get, set } = context;
  const problem = filterProblem(get().filters);
  set({ problem });
  if (problem) return;
  const filters = validFilters(get().filters);
  // Requested before the page knows its account, or while it is locked: `syncAccount` starts the search later.
  if (!account) {
    context.isPending = true;
    return;
  }
  context.keepFilters(filters);
  context.reading.abort();
  const { id, name, environment } = account;
  const collector = createCollector(filters, ways.get(id));
  context.collector = collector;
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
  await readPages(context);
}

async function readPages(context: RunContext): Promise<void> {
  const { send, clock, collector, ways, get } = context;
  const { found } = get();
  if (!found || !collector) return;
  context.reading.abort();
  context.reading = new AbortController();
  const { signal } = context.reading;
  updateResults(context, { state: 'searching', failure: undefined });
  const failure = await runSearch(send, clock, {
    accountId: found.account.id,
    filters: found.filters,
    collector,
    signal,
    onPage: (page) => updateResults(context, page),
    onWays: (known) => void ways.set(found.account.id, known),
    onWait: (waitingUntil) => !signal.aborted && updateResults(context, { waitingUntil }),
  });
  if (!signal.aborted) updateResults(context, { state: failure ? 'stopped' : 'done', failure });
}

/** Changes the search on screen, and updates its rows and selection. */
function updateResults({ get, set }: SearchContext, change: Partial<Found>): void {
  const { found, sort, selection } = get();
  if (!found) return;
  const now = { ...found, ...change };
  set({ found: now });
  if (now.rows === found.rows) return;
  const ids = new Set(now.rows.map(({ qrCodeId }) => qrCodeId));
  const visible = retainVisible(selection, ids);
  // In a sorted table, new rows may fall into the selected range. So the next range starts at the cursor.
  set({ rows: sortRows(now.rows, sort), selection: sort ? moveCursor(visible, visible.cursor) : visible });
}

function stop(context: RunContext): void {
  context.reading.abort();
  updateResults(context, { state: 'stopped', waitingUntil: undefined });
}

/** Not with other filters in the fields than those of the results: the operator may expect the new ones. */
async function cancelSelected(context: RunContext): Promise<void> {
  const { found, rows, selection, filters } = context.get();
  const ids = rows.map(({ qrCodeId }) => qrCodeId).filter((id) => selection.ids.has(id));
  if (!found || found.account.id !== context.account?.id || ids.length === 0 || ids.length > MAX_IDS) return;
  if (!sameFilters(filters, found.filters)) return;
  context.reading.abort();
  if (found.state === 'searching') updateResults(context, { state: 'stopped', waitingUntil: undefined });
  await context.review(ids);
}

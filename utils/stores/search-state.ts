import type { StoreApi } from 'zustand/vanilla';
import type { QrCode } from '../enkash/qr-code.ts';
import type { SearchHit } from '../enkash/search.ts';
import type { Clock } from '../lib/clock.ts';
import type { AppState, Send } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { FilterName, FilterProblem, SearchFilters } from '../search/filters.ts';
import type { Found } from '../search/search-result.ts';
import type { Selection } from '../search/selection.ts';
import type { Sort, SortColumn } from '../search/sort.ts';

/** A code whose details are open. */
export interface FoundDetails {
  qrCodeId: string;
  /** Undefined while the code is being read. */
  read?: GatewayResult<QrCode>;
  /** Whether the last copy has reached the clipboard. */
  copied?: boolean;
}

/** What the search tab shows. */
export interface SearchState {
  /** As entered in the fields. */
  filters: SearchFilters;
  /** The first invalid filter, which prevents the search. */
  problem: FilterProblem | undefined;
  found: Found | undefined;
  sort: Sort | undefined;
  /** The codes that were found, in the displayed order. */
  rows: readonly SearchHit[];
  selection: Selection;
  details: FoundDetails | undefined;
}

export interface SearchActions {
  /** Follows the current account and the lock. Results of another account, or from before a lock, are removed. */
  syncAccount(page: AppState | undefined): void;
  setFilter(name: FilterName, text: string): void;
  /** Empties every field. The results stay until the next search. */
  clearFilters(): void;
  search(): Promise<void>;
  /** Searches for a text, without the other filters. */
  searchText(text: string): Promise<void>;
  stop(): void;
  /** Continues a stopped search. */
  resumeSearch(): Promise<void>;
  sortBy(column: SortColumn): void;
  toggle(qrCodeId: string): void;
  extendTo(qrCodeId: string): void;
  move(step: number, extend: boolean): void;
  selectAll(): void;
  selectNone(): void;
  /** Hands the selected codes to the bulk tab, which reviews them and asks for confirmation. */
  cancelSelected(): Promise<void>;
  exportCsv(): Promise<void>;
  exportExcel(): Promise<void>;
  open(qrCodeId: string): Promise<void>;
  close(): void;
  copyId(): Promise<void>;
  copyRow(): Promise<void>;
  saveImage(): void;
}

export type SearchStore = StoreApi<SearchState> & { actions: SearchActions };

export interface SearchDeps {
  send: Send;
  clock: Clock;
  /** The filters in the page's URL. */
  filters: SearchFilters;
  /** Whether to search with them as soon as there is an account. */
  atOnce: boolean;
  /** Puts filters into the page's URL. */
  keepFilters: (filters: SearchFilters) => void;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
  /** Saves an image (a `data:` URL) as a file. */
  saveImage: (fileName: string, address: string) => void;
  copy: (text: string) => Promise<void>;
  /** Opens the bulk tab with a list of ids. */
  review: (ids: readonly string[]) => Promise<void>;
}

/** What the slices of the search tab's store share. */
export interface SearchContext extends SearchDeps {
  get(): SearchState;
  set(change: Partial<SearchState>): void;
}

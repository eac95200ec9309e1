import type { QrCode } from '../enkash/qr-code.ts';
import type { SearchHit } from '../enkash/search.ts';
import type { AppState } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { FilterName, FilterProblem, SearchFilters } from '../search/filters.ts';
import type { Found } from '../search/search-result.ts';
import type { Selection } from '../search/selection.ts';
import type { Sort, SortColumn } from '../search/sort.ts';

/** A code whose details are open. */
export interface FoundDetails {
  qrCodeId: string;
  /** Nothing while it is being read. */
  read?: GatewayResult<QrCode>;
  /** Whether what was asked for last is in the clipboard. */
  copied?: boolean;
}

/** What the search tab shows. */
export interface SearchState {
  /** As they stand in the fields. */
  filters: SearchFilters;
  /** What keeps the search from being made. */
  problem: FilterProblem | undefined;
  found: Found | undefined;
  sort: Sort | undefined;
  /** The codes found, in the order in which they are shown. */
  rows: readonly SearchHit[];
  selection: Selection;
  details: FoundDetails | undefined;
}

export interface SearchActions {
  /** Follows the account in use and the lock: what was found with another account, or is locked now, goes. */
  syncAccount(page: AppState | undefined): void;
  setFilter(name: FilterName, text: string): void;
  /** Empties every field; what was found stays until there is another search. */
  clearFilters(): void;
  search(): Promise<void>;
  /** Searches for a text alone. */
  searchText(text: string): Promise<void>;
  stop(): void;
  /** Goes on with a search that was stopped. */
  resumeSearch(): Promise<void>;
  sortBy(column: SortColumn): void;
  toggle(qrCodeId: string): void;
  extendTo(qrCodeId: string): void;
  move(step: number, extend: boolean): void;
  selectAll(): void;
  selectNone(): void;
  /** Hands what is selected to the bulk tab, which reviews it and asks. */
  cancelSelected(): Promise<void>;
  exportCsv(): void;
  exportExcel(): Promise<void>;
  open(qrCodeId: string): Promise<void>;
  close(): void;
  copyId(): Promise<void>;
  copyRow(): Promise<void>;
  saveImage(): void;
}

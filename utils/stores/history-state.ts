import type { HistoryFilterName, HistoryFilters } from '../history/filters.ts';
import type { HistoryListItem } from '../history/group-by-job.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { ChainView } from '../history/history-follower.ts';
import type { RowViolation } from '../journal/hash-chain.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';

/** A job that the history has lines of. */
export interface JobOption {
  jobId: number;
  /** When the first of its lines was begun (epoch ms). */
  at: number;
  /** How many lines it has. */
  total: number;
}

/** What the history tab shows. */
export interface HistoryState {
  /** As they stand in the fields. */
  filters: HistoryFilters;
  /** The lines that pass the filters, those of a job under its heading. */
  shown: readonly HistoryListItem[];
  /** How many lines pass the filters, how many were read, and how many rows there are to read. */
  matching: number;
  read: number;
  total: number;
  reading: 'not-yet' | 'reading' | 'read' | 'failed';
  /** Why nothing can be read, if reading has failed. */
  trouble: JournalTrouble | undefined;
  /** The accounts and jobs that the lines name, the newest first. */
  accounts: readonly string[];
  jobs: readonly JobOption[];
  chain: ChainView | undefined;
  /** Where the chain is broken, by the number of the row that tells of it. */
  violationsBySequence: ReadonlyMap<number, RowViolation>;
  /** When the rows there, and those beside them, were begun (epoch ms). */
  times: ReadonlyMap<number, number>;
  /** The key of the line that the keyboard is at. */
  cursor: string | undefined;
  /** The attempt that a notification led to. */
  chosen: number | undefined;
  /** The line whose details are open. */
  details: HistoryEntry | undefined;
  exporting: 'csv' | 'excel' | 'json' | undefined;
}

export interface HistoryActions {
  setFilter(name: HistoryFilterName, text: string): void;
  clearFilters(): void;
  /** Opens a line's details, or opens or closes a job. */
  activate(shown: HistoryListItem): void;
  /** Moves the keyboard by so many lines. */
  move(step: number): void;
  /** Opens or closes the job that the keyboard is at, or within. */
  setJobExpanded(open: boolean): void;
  close(): void;
  exportCsv(): Promise<void>;
  exportExcel(): Promise<void>;
  exportJson(): Promise<void>;
}

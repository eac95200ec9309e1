import type { StoreApi } from 'zustand/vanilla';
import type { HistoryFilterName, HistoryFilters } from '../history/filters.ts';
import type { HistoryListItem } from '../history/group-by-job.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { ChainView } from '../history/history-follower.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import type { RowViolation } from '../journal/hash-chain.ts';
import type { Clock } from '../lib/clock.ts';
import type { Job } from '../model/job.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';

/** A job with lines in the history. */
export interface JobOption {
  jobId: number;
  /** When its first line was started (epoch ms). */
  at: number;
  /** The number of its lines. */
  total: number;
}

/** What the history tab shows. */
export interface HistoryState {
  /** As entered in the fields. */
  filters: HistoryFilters;
  /** The lines that pass the filters. Those of a job follow its heading. */
  shown: readonly HistoryListItem[];
  /** The number of lines that pass the filters, of lines read so far, and of rows in the journal. */
  matching: number;
  read: number;
  total: number;
  reading: 'not-yet' | 'reading' | 'read' | 'failed';
  /** Why reading has failed. */
  trouble: JournalTrouble | undefined;
  /** The accounts and jobs in the lines, newest first. */
  accounts: readonly string[];
  jobs: readonly JobOption[];
  chain: ChainView | undefined;
  /** The breaks of the chain, by the number of the row that shows each. */
  violationsBySequence: ReadonlyMap<number, RowViolation>;
  /** When these rows and their neighbours were started (epoch ms), by number. */
  times: ReadonlyMap<number, number>;
  /** The key of the line with the keyboard cursor. */
  cursor: string | undefined;
  /** The attempt that a notification opened. */
  chosen: number | undefined;
  /** The line whose details are open. */
  details: HistoryEntry | undefined;
  exporting: 'csv' | 'excel' | 'json' | undefined;
}

export interface HistoryActions {
  setFilter(name: HistoryFilterName, text: string): void;
  clearFilters(): void;
  /** Opens the details of a line, or expands or collapses a job. */
  activate(shown: HistoryListItem): void;
  /** Moves the keyboard cursor by this number of lines. */
  move(step: number): void;
  /** Expands or collapses the job at the keyboard cursor. */
  setJobExpanded(open: boolean): void;
  close(): void;
  exportCsv(): Promise<void>;
  exportExcel(): Promise<void>;
  exportJson(): Promise<void>;
}

export interface HistoryDeps {
  journal: HistoryReader;
  /** The planned jobs; they have no lines before they start. */
  planned?: () => Promise<readonly Job[]>;
  clock: Clock;
  /** The filters in the page's URL. */
  filters: HistoryFilters;
  /** Puts filters into the page's URL. */
  keepFilters: (filters: HistoryFilters) => void;
  /** The attempt that a notification opened. */
  highlightedAttemptId: number | undefined;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
}

export type HistoryViewStore = StoreApi<HistoryState> & {
  actions: HistoryActions & {
    /** Reads the journal, when the tab opens and after every change. */
    look(): Promise<void>;
  };
};

/** What the slices of the history tab's store share. */
export interface HistoryContext extends HistoryDeps {
  get(): HistoryState;
  set(change: Partial<HistoryState>): void;
  index: HistoryIndex;
}

/** The lines read so far, from which the tab is rendered. */
export interface HistoryIndex {
  matches: (line: HistoryEntry) => boolean;
  /** Attempts in progress, newest first. */
  open: readonly HistoryEntry[];
  /** Lines of the journal's rows, newest first, and those of them that pass the filters. */
  lines: readonly HistoryEntry[];
  matching: readonly HistoryEntry[];
  accounts: Set<string>;
  jobs: Map<number, JobOption>;
  planned: readonly Job[];
  /** Jobs that are expanded while the others are collapsed, or the reverse. */
  toggledJobs: ReadonlySet<number>;
  isHighlightFound: boolean;
  /** When the tab was last rendered (epoch ms). */
  lastRenderAt: number;
}

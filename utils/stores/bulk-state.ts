import type { StoreApi } from 'zustand/vanilla';
import type { StorageItem } from '../browser/storage-item.ts';
import type { JobMarker } from '../bulk/job-marker.ts';
import type { JobReader } from '../bulk/job-reader.ts';
import type { JobView } from '../bulk/job-view.ts';
import type { Clock } from '../lib/clock.ts';
import type { LocalTime } from '../lib/local-time.ts';
import type { AppState, Send, StartJobError } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import type { Item } from '../model/job-item.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import type { WaitSeconds, WallTime } from '../model/planned-time.ts';
import type { ListPart, ListSource, TextInput } from '../qr-code-id/list-sources.ts';
import type { IdList } from '../qr-code-id/reading.ts';
import type { Review } from '../review/review.ts';
import type { BulkFiles, FileActions } from './bulk-files.ts';

/** The confirmation before a job starts. */
export interface ConfirmationState {
  account: AccountRef;
  /** How many codes would be cancelled. */
  count: number;
  /** The phrase that the operator must type, such as `CANCEL 2987`; none for a few codes in UAT. */
  confirmationPhrase: string | undefined;
  /** The heading of the column with the ids; empty if the list is not a table. */
  columnName: string;
  phraseInput: string;
  /** When it starts; now if undefined. */
  start: WallTime | undefined;
  /** The expiry of those of its codes that have a readable one, as wall times. */
  expiries: readonly string[];
  busy: boolean;
  /** How many codes of a long list are written; only while that goes on. Nothing was sent then, and it can be stopped. */
  prepared?: number | undefined;
  problem?: StartJobError | undefined;
}

/** Outcomes of a code that another try may change. */
export type RetriedKind = 'rejected' | 'not-found' | 'unconfirmed';

export type ItemFilter = 'all' | Item['state']['kind'];

/** What the bulk tab shows. */
export interface BulkState {
  text: string;
  /** The text that another list has replaced in the field, so that it is not lost. */
  stashedList: string | undefined;
  list: IdList | undefined;
  /** The sources of the list: the text of the field, or files. None if the field is empty. */
  sources: readonly ListSource[];
  /** The result of reading each source. */
  parts: readonly ListPart[];
  files: BulkFiles;
  review: Review | undefined;
  includeUnread: boolean;
  /** Seconds between the confirmation and the first cancel. */
  waitSeconds: WaitSeconds;
  confirmation: ConfirmationState | undefined;
  /** The job in progress, or the last one until the operator starts another list. */
  job: JobView | undefined;
  filter: ItemFilter;
  /** The command that is in progress. */
  pendingCommand: 'pause' | 'resume' | 'end' | 'check-again' | undefined;
  /** Why the journal can't be read. Then no job can be shown. */
  journal: JournalTrouble | undefined;
  /** Why the last command failed, as a sentence. */
  error: string | undefined;
}

export interface BulkActions extends FileActions {
  setText(text: string): void;
  /** Swaps the list in the field with the stashed one. */
  restoreStashedList(): void;
  /** Chooses the column with the ids of a part, given by its index. */
  chooseColumn(column: number | 'all', part: number): void;
  /** Lets the operator replace the column that was found in a part. */
  offerColumns(part: number): void;
  /** Includes a text that was left out of the list. */
  take(text: string): void;
  /** Parses the list, then reads each of its codes. */
  review(): Promise<void>;
  stopReading(): void;
  /** Continues a stopped review with the codes that are not read yet. */
  resumeReading(): Promise<void>;
  downloadReview(): Promise<void>;
  downloadReviewExcel(): Promise<void>;
  setAlsoUnread(also: boolean): void;
  ask(): void;
  setTyped(typed: string): void;
  /** Chooses `At a date and time`, beginning with a time to come. */
  planLater(): void;
  /** Chooses a time, or now. */
  setStart(start: WallTime | undefined): void;
  /** Closes the confirmation. Stops the start of a long list if it is not confirmed yet. */
  dismissConfirmation(): void;
  confirm(reason?: string): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  end(): Promise<void>;
  setFilter(filter: ItemFilter): void;
  /** Starts a review of the job's codes with this outcome. It reads each code before anything is sent. */
  retry(ended: RetriedKind): Promise<void>;
  checkAgain(): Promise<void>;
  downloadResults(): Promise<void>;
  downloadResultsExcel(): Promise<void>;
  /** Dismisses the finished job, so that another list can start. */
  startNewList(): void;
}

export interface BulkDeps {
  send: Send;
  jobs: JobReader;
  clock: Clock;
  local: LocalTime;
  /** Shows a job that was planned, or that counts down. */
  onPlanned(jobId: number): Promise<void>;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
  /** Records outside the journal that a job was started. */
  jobMarker: Pick<StorageItem<JobMarker | null>, 'read' | 'write' | 'remove'>;
}

/** What the slices of the bulk tab's store share. */
export interface BulkContext extends BulkDeps {
  get(): BulkState;
  set(change: Partial<BulkState>): void;
}

/** Actions for the page itself; its components don't use them. */
export interface BulkPageActions {
  /**
   * Takes the current account from the page's state, and starts the review that waits for one. A lock removes the data
   * that was read of a list; the list stays.
   */
  syncAccount(page: AppState | undefined): void;
  /** Reads the job from the journal, when the page opens and after every change. */
  refresh(): Promise<void>;
  /** Takes a list from another page. Starts its review, unless a job is in progress. */
  loadList(from: TextInput): Promise<void>;
  /** Reports that a list from another page did not arrive. */
  reportLostList(): void;
}

export type BulkStore = StoreApi<BulkState> & { actions: BulkActions & BulkPageActions };

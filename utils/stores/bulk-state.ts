import type { JobView } from '../bulk/job-view.ts';
import type { StartJobError } from '../messaging/protocol.ts';
import type { Item } from '../model/job-item.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import type { ListPart, ListSource } from '../qr-code-id/list-sources.ts';
import type { IdList } from '../qr-code-id/reading.ts';
import type { Review } from '../review/review.ts';
import type { BulkFiles, FileActions } from './bulk-files.ts';

/** The question before a job starts. */
export interface ConfirmationState {
  /** How many codes would be cancelled. */
  count: number;
  /** The word that has to be typed, such as `CANCEL 2987`; none for a few codes in UAT. */
  confirmationPhrase: string | undefined;
  /** The heading of the column that the ids are from; empty if the list is no table. */
  columnName: string;
  phraseInput: string;
  busy: boolean;
  problem?: StartJobError;
}

/** Ends of a code that may be another one the next time. */
export type RetriedKind = 'rejected' | 'not-found' | 'unconfirmed';

export type ItemFilter = 'all' | Item['state']['kind'];

/** What the bulk tab shows. */
export interface BulkState {
  text: string;
  /** What was in the field before another list came into it, so that it is not lost. */
  stashedList: string | undefined;
  list: IdList | undefined;
  /** What the list is read from: the text of the field, or files. None if the field is empty. */
  sources: readonly ListSource[];
  /** What was read of each source. */
  parts: readonly ListPart[];
  files: BulkFiles;
  review: Review | undefined;
  includeUnread: boolean;
  confirmation: ConfirmationState | undefined;
  /** The job that is under way, or the last one, until the operator begins another list. */
  job: JobView | undefined;
  filter: ItemFilter;
  /** What was asked for and is not done yet. */
  pendingCommand: 'pause' | 'resume' | 'end' | 'check-again' | undefined;
  /** Why the journal can't be read, and with it no job. */
  journal: JournalTrouble | undefined;
  /** What went wrong with what was asked for last, as a sentence. */
  error: string | undefined;
}

export interface BulkActions extends FileActions {
  setText(text: string): void;
  /** Puts the other list into the field again, in exchange for the one that is there. */
  restoreStashedList(): void;
  /** Chooses the column with the ids of a part, which is given by its number from 0. */
  chooseColumn(column: number | 'all', part: number): void;
  /** Lets the operator choose another column of a part than the one that was found. */
  offerColumns(part: number): void;
  /** Puts something that was left out into the list. */
  take(text: string): void;
  /** Reads the list, then every code of it. */
  review(): Promise<void>;
  stopReading(): void;
  /** Reads on what was not read. */
  resumeReading(): Promise<void>;
  downloadReview(): void;
  downloadReviewExcel(): Promise<void>;
  setAlsoUnread(also: boolean): void;
  ask(): void;
  setTyped(typed: string): void;
  dismissConfirmation(): void;
  confirm(reason?: string): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  end(): Promise<void>;
  setFilter(filter: ItemFilter): void;
  /** Opens a review of the job's codes that ended in this way. It reads each one before anything is sent. */
  retry(ended: RetriedKind): Promise<void>;
  checkAgain(): Promise<void>;
  downloadResults(): void;
  downloadResultsExcel(): Promise<void>;
  /** Puts the finished job aside and begins another list. */
  startNewList(): void;
}

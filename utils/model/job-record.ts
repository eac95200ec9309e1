import type { AccountRef, OperatorInfo, QrCodeSummary } from './attempt-record.ts';

/** The heading of a column is kept up to this length, in characters. */
export const MAX_COLUMN_NAME = 100;

/** A code that a job is to cancel. */
export interface JobSubject extends QrCodeSummary {
  qrCodeId: string;
}

/** `operator` is who confirmed it. */
export interface JobBase<State> extends OperatorInfo {
  jobId: number;
  /** Epoch milliseconds at which it was confirmed. */
  at: number;
  /** The account it was confirmed for, as it was called then. Never another one afterwards. */
  account: AccountRef;
  /** Why, in the operator's own words. */
  reason?: string;
  /** The heading of the column of a list that its ids are from. */
  column?: string;
  /** How many codes were confirmed. */
  total: number;
  state: State;
  /** Epoch milliseconds at which it finished or was ended. */
  finishedAt?: number;
}

export interface Job<State> extends JobBase<State> {
  /** Counts the runners it has had. What an earlier one still wants to write is refused. */
  epoch: number;
  /** Counts the changes of its items. */
  revision: number;
  /** The browser session in which it last ran. */
  browserSession: string;
  /** Present until it is finished or ended. */
  openFlag?: 1;
}

export interface JobItem<State> extends JobSubject {
  jobId: number;
  /** Its place in the list that was confirmed, from 1. */
  position: number;
  state: State;
  /** The kind of its state while that is not a final one: what the index of unfinished items holds. */
  open?: string;
  /** How often it was given to the network; written ahead, and taken back where it is known that nothing left. */
  sendings: number;
  /** Epoch milliseconds of the first sending. */
  at?: number;
  finishedAt?: number;
  /** The job's revision at which it last changed. */
  revision: number;
  /** What a check said that was asked for after the job: its status as it came, and when (epoch ms). */
  recheck?: { status: string; at: number };
}

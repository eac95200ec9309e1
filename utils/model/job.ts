import type { AccountRef } from './account.ts';
import type { OperatorInfo, QrCodeSummary } from './attempt.ts';

/** The heading of a column is kept up to this length, in characters. */
export const MAX_COLUMN_NAME = 100;

/** A code that a job is to cancel. */
export interface JobSubject extends QrCodeSummary {
  qrCodeId: string;
}

/**
 * Why a job is paused. `sign-in`: EnKash refused the keys. `sign-in-unavailable`: the sign-in failed for another reason.
 * `server`: EnKash failed. `intermediary`: something in between refused the requests. `refused`: EnKash refused several
 * codes in a row with the same words, or knew none of them.
 */
export type PauseReason =
  | 'user'
  | 'locked'
  | 'sign-in'
  | 'auth-unavailable'
  | 'offline'
  | 'rate'
  | 'server'
  | 'intermediary'
  | 'refused'
  | 'account'
  | 'restart';

/** The response that made a job pause, as it came. */
export interface PausingResponse {
  httpStatus?: number | undefined;
  code?: number | null | undefined;
  message?: string | undefined;
  /** EnKash said that there is no such code. */
  isNotFound?: boolean;
}

/**
 * `until` (epoch ms) is when a job that continues by itself is tried again. `failedProbes` is present if one read has to succeed
 * before anything is sent: how many such reads have failed since the failures began.
 */
export type JobState =
  | { kind: 'running' }
  | {
      kind: 'paused';
      by: PauseReason;
      until?: number;
      failedProbes?: number;
      response?: PausingResponse | undefined;
    }
  | { kind: 'finished' }
  | { kind: 'ended' };

/** A list of codes that is being cancelled, as the journal holds it. `operator` is the operator who confirmed it. */
export interface Job extends OperatorInfo {
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
  state: JobState;
  /** Epoch milliseconds at which it finished or was ended. */
  finishedAt?: number;
  /** Counts the runners it has had. What an earlier one still wants to write is refused. */
  epoch: number;
  /** Counts the changes of its items. */
  revision: number;
  /** The browser session in which it last ran. */
  browserSession: string;
  /** Present until it is finished or ended. */
  openFlag?: 1;
}

/** The one table of what may follow what. */
export const JOB_TRANSITIONS: Readonly<Record<JobState['kind'], readonly JobState['kind'][]>> = {
  running: ['running', 'paused', 'finished', 'ended'],
  paused: ['running', 'paused', 'ended'],
  finished: [],
  ended: [],
};

/** Throws where the second state may not follow the first one. */
export function assertJobTransition(from: JobState, to: JobState): void {
  if (!JOB_TRANSITIONS[from.kind].includes(to.kind))
    throw new Error(`A job can't go from ${from.kind} to ${to.kind}.`);
}

/** Whether nothing more will happen to a job. */
export function isFinalJob(state: JobState): boolean {
  return JOB_TRANSITIONS[state.kind].length === 0;
}

/** Whether a job goes on without being asked to: running, or paused for a while only. */
export function resumesAutomatically(state: JobState): boolean {
  return state.kind === 'running' || (state.kind === 'paused' && state.until !== undefined);
}

import type { AccountRef } from './account.ts';
import type { OperatorInfo, QrCodeSummary } from './attempt.ts';

/** The maximum length of a column's heading, in characters; longer ones are cut. */
export const MAX_COLUMN_NAME = 100;

/** A code of a job, as it was confirmed. */
export interface JobSubject extends QrCodeSummary {
  qrCodeId: string;
}

/**
 * Why a job is paused. `sign-in`: EnKash refused the keys. `auth-unavailable`: the sign-in failed for another reason.
 * `server`: EnKash failed. `intermediary`: a proxy or a firewall refused the requests. `refused`: EnKash refused several
 * codes in a row with the same message, or did not know any of them.
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

/** The response that paused a job. */
export interface PausingResponse {
  httpStatus?: number | undefined;
  code?: number | null | undefined;
  message?: string | undefined;
  /** EnKash said that the code does not exist. */
  isNotFound?: boolean;
}

/**
 * `until` (epoch ms): a paused job resumes by itself then. `failedProbes`: present if a read has to succeed before the next
 * cancel; counts the failed reads since the failures began.
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

/** A bulk cancel in the journal. `operator` confirmed it. */
export interface Job extends OperatorInfo {
  jobId: number;
  /** Epoch milliseconds of its confirmation. */
  at: number;
  /** The account of the confirmation, with its name at that time. It never changes. */
  account: AccountRef;
  /** Why, in the operator's own words. */
  reason?: string;
  /** The heading of the list's column with the IDs. */
  column?: string;
  /** The number of confirmed codes. */
  total: number;
  state: JobState;
  /** Epoch milliseconds of its end. */
  finishedAt?: number;
  /** Counts the runners. A write of an earlier runner is refused. */
  epoch: number;
  /** Counts the changes of its items. */
  revision: number;
  /** The ID of the browser session in which it ran last. */
  browserSession: string;
  /** Present until the job is over: the key of the index of open jobs. */
  openFlag?: 1;
}

/** The table of legal transitions. */
export const JOB_TRANSITIONS: Readonly<Record<JobState['kind'], readonly JobState['kind'][]>> = {
  running: ['running', 'paused', 'finished', 'ended'],
  paused: ['running', 'paused', 'ended'],
  finished: [],
  ended: [],
};

/** Throws if the second state may not follow the first one. */
export function assertJobTransition(from: JobState, to: JobState): void {
  if (!JOB_TRANSITIONS[from.kind].includes(to.kind))
    throw new Error(`A job can't go from ${from.kind} to ${to.kind}.`);
}

/** Whether a job is over. */
export function isFinalJob(state: JobState): boolean {
  return JOB_TRANSITIONS[state.kind].length === 0;
}

/** Whether a job continues without the operator: it is running, or paused until a time. */
export function resumesAutomatically(state: JobState): boolean {
  return state.kind === 'running' || (state.kind === 'paused' && state.until !== undefined);
}

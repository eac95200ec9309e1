import type { AccountRef } from './account.ts';
import type { OperatorInfo, QrCodeSummary, StartedBy } from './attempt.ts';
import type { PlannedTime } from './planned-time.ts';

/** The maximum length of a column's heading, in characters; longer ones are cut. */
export const MAX_COLUMN_NAME = 100;

/** The most codes of a job that one message carries. A longer list is sent in parts. */
export const MAX_PART = 2_500;

/** The part of a list that was written before its confirmation: the first `count` codes of a job in preparation. */
export interface PreparedPart {
  jobId: number;
  count: number;
}

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
 * Why a planned job that is due has not started. `unlock`: the keys are locked. `turn`: another job runs. `other-job`:
 * another job is paused until the operator acts.
 */
export type WaitsFor = 'unlock' | 'turn' | 'other-job';

/**
 * Why a planned job does not start by itself. `late`: the browser was closed or the computer asleep at its time. All others
 * are refusals of the start: the account is gone, or the administrator's policy has changed.
 */
export type OverdueReason = 'late' | 'no-account' | 'forbidden' | 'too-many' | 'no-reason';

/** The state of a planned job that was not started. `overdue`: the operator decides whether it still starts. */
export type WaitingState =
  | ({ kind: 'scheduled'; waitsFor?: WaitsFor } & PlannedTime)
  | ({ kind: 'overdue'; because: OverdueReason } & PlannedTime);

/**
 * `preparing`: its list is being written and it is not confirmed yet; it is deleted if its worker stops before that.
 * `until` (epoch ms): a paused job resumes by itself then. `failedProbes`: present if a read has to succeed before the next
 * cancel; counts the failed reads since the failures began.
 */
export type JobState =
  | { kind: 'preparing' }
  | WaitingState
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
  /** The page or control that started it; absent if it was the workbench. */
  startedBy?: StartedBy;
  /** The time that was confirmed last; absent if the job started at once. Each code of a planned job is read before it is sent. */
  planned?: PlannedTime;
  /** Its list was written before its confirmation, so a job with a higher ID may have been confirmed earlier. */
  prepared?: true;
  /** The notice that was shown last in its present state (`noticeOf`). */
  told?: JobNotice;
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
  /** The key of the index of open jobs: 3 before its confirmation, 2 while it waits for its time, then 1. Absent when it is over. */
  openFlag?: 1 | 2 | 3;
}

/** A planned job that was not started. */
export type WaitingJob = Job & { state: WaitingState };

/** The table of legal transitions. */
export const JOB_TRANSITIONS: Readonly<Record<JobState['kind'], readonly JobState['kind'][]>> = {
  preparing: ['scheduled', 'running'],
  scheduled: ['scheduled', 'overdue', 'running', 'ended'],
  overdue: ['scheduled', 'running', 'ended'],
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

/** Whether a job was started and is not over. */
export function isOpenJob(state: JobState): boolean {
  return state.kind === 'running' || state.kind === 'paused';
}

/** Whether a job continues without the operator: it is running, or paused until a time. */
export function resumesAutomatically(state: JobState): boolean {
  return state.kind === 'running' || (state.kind === 'paused' && state.until !== undefined);
}

/** Whether a job is planned and was not started. */
export function isWaitingJob(job: Job): job is WaitingJob {
  return job.state.kind === 'scheduled' || job.state.kind === 'overdue';
}

/** Whether a job is over and never ran: a planned job that was dropped. */
export function isDroppedJob({ state, epoch }: Job): boolean {
  return isFinalJob(state) && epoch === 0;
}

/** Whether a job continues when the keys are unlocked: a planned one, as nobody may have been present when it was paused. */
export function resumesOnUnlock({ planned, state }: Job): boolean {
  return planned !== undefined && state.kind === 'paused' && state.by === 'locked';
}

/** A fact about a planned job that the operator is told by one notification. */
export type JobNotice = `overdue:${OverdueReason}` | `waits:${WaitsFor}` | `paused:${PauseReason}`;

/** The notice of a planned job that can't go on by itself; `undefined` if there is nothing to tell. */
export function noticeOf({ state, planned }: Job): JobNotice | undefined {
  switch (state.kind) {
    case 'overdue':
      return `overdue:${state.because}`;
    case 'scheduled':
      return state.waitsFor && state.waitsFor !== 'turn' ? `waits:${state.waitsFor}` : undefined;
    case 'paused':
      return planned && state.until === undefined && state.by !== 'user' ? `paused:${state.by}` : undefined;
    default:
      return undefined;
  }
}

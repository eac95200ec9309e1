import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../lib/clock.ts';
import type { LocalTime } from '../lib/local-time.ts';
import type { PlannedJob, Send, StartJobError } from '../messaging/protocol.ts';
import type { WallTime } from '../model/planned-time.ts';
import type { Localized } from './localized.ts';

/** Why a change of a planned job was not made. */
export type PlannedProblem = StartJobError | { code: 'not-waiting' };

/** The open question about a planned job. */
export interface PlannedQuestion {
  kind: 'run' | 'time' | 'drop';
  job: PlannedJob;
  /** The phrase to type before it runs; none for a few codes in UAT. */
  confirmationPhrase: string | undefined;
  phraseInput: string;
  start: WallTime;
  busy: boolean;
  problem?: PlannedProblem | undefined;
}

/** The planned jobs that a page shows. */
export interface PlannedState {
  /** In order of time. */
  jobs: readonly PlannedJob[];
  question: PlannedQuestion | undefined;
  /** The job of the command in progress. */
  busyJobId: number | undefined;
  /** The result of the last command. */
  notice: Localized<string> | undefined;
  /** Why the last command had no effect. */
  error: Localized<string> | undefined;
}

export interface PlannedActions {
  /** Loads the jobs, when the page opens and after every change. */
  refresh(): Promise<void>;
  /** Shows a job that was just planned, and says when it starts. */
  show(jobId: number): Promise<void>;
  /** Starts a job that waits. If it is LIVE or long, asks first. */
  runNow(jobId: number): Promise<void>;
  /** Starts a job during its countdown, which was confirmed just before. */
  skipWait(jobId: number): Promise<void>;
  /** Drops a job during its countdown. */
  keepActive(jobId: number): Promise<void>;
  askTime(jobId: number): void;
  askDrop(jobId: number): void;
  setTyped(typed: string): void;
  setStart(start: WallTime): void;
  dismiss(): void;
  confirm(): Promise<void>;
}

export type PlannedStore = StoreApi<PlannedState> & { actions: PlannedActions };

export interface PlannedDeps {
  send: Send;
  clock: Pick<Clock, 'now'>;
  local: LocalTime;
  load(): Promise<PlannedJob[]>;
}

/** Whether a job counts down after its confirmation. */
export function isCountdown({ state }: PlannedJob): boolean {
  return state.kind === 'scheduled' && state.waitSeconds !== undefined && state.waitsFor === undefined;
}

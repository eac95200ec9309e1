import type { Environment } from '../environment.ts';

export type StartedBy = 'popup' | 'menu' | 'workbench';

export interface AttemptStart {
  qrCodeId: string;
  startedBy: StartedBy;
}

/** The account an attempt was made with, as it was called then. */
export interface AttemptAccount {
  id: string;
  name: string;
  environment: Environment;
}

/** Name and amount of the code as last read. No customer data is kept. */
export interface AttemptSubject {
  qrName?: string | undefined;
  amount?: number | string | undefined;
}

export interface AttemptBase extends AttemptSubject {
  attemptId: number;
  /** Epoch milliseconds at which it was written down, before anything was sent. */
  at: number;
  accountId: string;
  accountName: string;
  environment: Environment;
  qrCodeId: string;
  startedBy: StartedBy;
  /** The job it belongs to, where it was one of many. */
  jobId?: number;
  finishedAt?: number;
}

export interface CancelAttempt<Outcome> extends AttemptBase {
  action: 'cancel';
  /** How often it was given to the network; written ahead, and 0 once it is known that nothing left. */
  sendings: number;
  /** Present from the writing-ahead until the outcome is known. */
  open?: 1;
  outcome?: Outcome;
}

export interface CheckAttempt<Outcome> extends AttemptBase {
  action: 'check';
  outcome: Outcome;
}

export type Attempt<Cancelled, Checked> = CancelAttempt<Cancelled> | CheckAttempt<Checked>;

/** Takes just these two out of a whole QR code, so that no customer data gets into the journal. */
export function nameAndAmount(subject: AttemptSubject = {}): AttemptSubject {
  const { qrName, amount } = subject;
  return { ...(qrName === undefined ? {} : { qrName }), ...(amount === undefined ? {} : { amount }) };
}

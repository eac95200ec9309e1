import type { AccountRef } from './account.ts';
import type { Environment } from './environment.ts';
import type { GatewayFailure } from './gateway-result.ts';
import type { CreateOutcome, Outcome } from './outcome.ts';

export const STARTED_BY = ['popup', 'menu', 'shortcut', 'omnibox', 'workbench'] as const;
/** Where an attempt was started from. */
export type StartedBy = (typeof STARTED_BY)[number];

export const DESPITE = ['unread', 'unknown-status'] as const;
/** What was not known of a code when the operator had it cancelled: its details, or what its status means. */
export type Despite = (typeof DESPITE)[number];

/** Who is at this computer, in their own words; nothing where they don't say. */
export interface OperatorInfo {
  operator?: string;
}

/** Tells who is at this computer. */
export type GetOperator = () => Promise<OperatorInfo>;

/** For stores that are only read from. */
export const NO_OPERATOR: GetOperator = async () => ({});

export interface AttemptRequest {
  qrCodeId: string;
  startedBy: StartedBy;
  /** Why, in the operator's own words. */
  reason?: string | undefined;
  /** What the operator was told not to be known, and cancelled despite. */
  despite?: Despite | undefined;
  /** The heading of the column of a list that the id is from. */
  column?: string | undefined;
}

/** Name and amount of the code as last read. No customer data is kept. */
export interface QrCodeSummary {
  qrName?: string | undefined;
  amount?: number | string | undefined;
}

export interface AttemptBase extends QrCodeSummary, OperatorInfo {
  attemptId: number;
  /** Epoch milliseconds at which it was begun: written down before anything was sent, but for a check. */
  at: number;
  accountId: string;
  accountName: string;
  environment: Environment;
  /** The code it is about; empty for a code to be created, until the gateway has named it. */
  qrCodeId: string;
  startedBy: StartedBy;
  reason?: string;
  despite?: Despite;
  /** The heading of the column of a list that the id is from. */
  column?: string;
  /** The job it belongs to, where it was one of many. */
  jobId?: number;
  /** Epoch milliseconds. */
  finishedAt?: number;
}

interface WriteAheadAttempt extends AttemptBase {
  /** How often the request was given to the network. Written ahead; 0 once it is known that nothing was sent. */
  sendCount: number;
}

export interface CancelAttempt extends WriteAheadAttempt {
  action: 'cancel';
  /** Absent until it is known. */
  outcome?: Outcome;
}

export interface CreateAttempt extends WriteAheadAttempt {
  action: 'create';
  /** The id of the cancelled code that the new one replaces. */
  replaces: string;
  /** Absent until it is known. */
  outcome?: CreateOutcome;
}

/** The result of a check without the details of the code: its status as EnKash gave it, or the reason for having none. */
export type CheckOutcome =
  | { kind: 'status'; status: string; code?: number | null; message?: string }
  | GatewayFailure;

export interface CheckAttempt extends AttemptBase {
  action: 'check';
  outcome: CheckOutcome;
}

export type Attempt = CancelAttempt | CheckAttempt | CreateAttempt;

/** Takes just these two out of a whole QR code, so that no customer data gets into the journal. */
export function pickSummary(subject: QrCodeSummary = {}): QrCodeSummary {
  const { qrName, amount } = subject;
  return { ...(qrName === undefined ? {} : { qrName }), ...(amount === undefined ? {} : { amount }) };
}

/** The account that an attempt was made with. */
export function accountOf({ accountId: id, accountName: name, environment }: AttemptBase): AccountRef {
  return { id, name, environment };
}

/** The part of an attempt that is known before it is made. */
export function attemptHeader(
  account: AccountRef,
  { qrCodeId, startedBy, reason, column, despite }: AttemptRequest,
  at: number,
): Omit<AttemptBase, 'attemptId'> {
  const { id: accountId, name: accountName, environment } = account;
  return {
    at,
    accountId,
    accountName,
    environment,
    qrCodeId,
    startedBy,
    ...(reason ? { reason } : {}),
    ...(despite ? { despite } : {}),
    ...(column ? { column } : {}),
  };
}

import type { AccountRef } from './account.ts';
import type { Environment } from './environment.ts';
import type { GatewayFailure } from './gateway-result.ts';
import type { CreateOutcome, Outcome } from './outcome.ts';

export const STARTED_BY = ['popup', 'menu', 'shortcut', 'omnibox', 'workbench'] as const;
/** The page or control that started an attempt. */
export type StartedBy = (typeof STARTED_BY)[number];

export const DESPITE = ['unread', 'unknown-status'] as const;
/** The unknown fact of a code that was cancelled anyway: its details, or the meaning of its status. */
export type Despite = (typeof DESPITE)[number];

/** The operator's name as entered in the settings; absent if none was entered. */
export interface OperatorInfo {
  operator?: string;
}

/** Reads the operator's name. */
export type GetOperator = () => Promise<OperatorInfo>;

/** For stores that are only read. */
export const NO_OPERATOR: GetOperator = async () => ({});

export interface AttemptRequest {
  qrCodeId: string;
  startedBy: StartedBy;
  /** Why, in the operator's own words. */
  reason?: string | undefined;
  /** The unknown fact that the confirmation named. */
  despite?: Despite | undefined;
  /** The heading of the list's column with the ID. */
  column?: string | undefined;
}

/** Name and amount of the code as last read. Customer data is not kept. */
export interface QrCodeSummary {
  qrName?: string | undefined;
  amount?: number | string | undefined;
}

export interface AttemptBase extends QrCodeSummary, OperatorInfo {
  attemptId: number;
  /** Epoch milliseconds of its start. Cancels and creates are written before their request, checks after it. */
  at: number;
  accountId: string;
  accountName: string;
  environment: Environment;
  /** The code; empty for a create until the gateway returns the new ID. */
  qrCodeId: string;
  startedBy: StartedBy;
  reason?: string;
  despite?: Despite;
  /** The heading of the list's column with the ID. */
  column?: string;
  /** The bulk job that it belongs to, if any. */
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

/** Picks name and amount of a QR code, so that no customer data enters the journal. */
export function pickSummary(subject: QrCodeSummary = {}): QrCodeSummary {
  const { qrName, amount } = subject;
  return { ...(qrName === undefined ? {} : { qrName }), ...(amount === undefined ? {} : { amount }) };
}

/** The account that an attempt was made with. */
export function accountOf({ accountId: id, accountName: name, environment }: AttemptBase): AccountRef {
  return { id, name, environment };
}

/** The fields of an attempt that are known before its request. */
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

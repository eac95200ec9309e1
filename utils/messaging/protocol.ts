import type { InferOutput } from 'valibot';
import { browser } from 'wxt/browser';
import type { LoggedExchange } from '../enkash/exchange-log.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { SearchPage } from '../enkash/search.ts';
import type { IdentityAnswer } from '../journal/journal-identity.ts';
import type { AccountRecord, AccountRef } from '../model/account.ts';
import type { Attempt } from '../model/attempt.ts';
import type { CodeStatus } from '../model/code-status.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { WaitingState } from '../model/job.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import type { PlanProblem } from '../model/planned-time.ts';
import type { PendingAction } from '../navigation/pending-action.ts';
import type { CancelResult } from '../qr-code/cancel.ts';
import type { CheckResult } from '../qr-code/check.ts';
import type { CreateResult } from '../qr-code/create.ts';
import type { Policy } from '../settings/policy.ts';
import type { Settings } from '../settings/settings.ts';
import type { ForgottenVault, ProtectResult, RemovedKeys, UnlockResult, VaultState } from '../vault/vault.ts';
import type { messageSchemas } from './schemas.ts';

/** An account as pages see it: not its keys, only whether they are stored. */
export interface AccountView extends AccountRecord {
  hasKeys: boolean;
}

export interface AppState {
  accounts: AccountView[];
  currentAccountId: string | null;
  settings: Settings;
  vault: VaultState;
  policy: Policy;
}

/** Why a draft of an account was not saved. Then nothing has changed. */
export type AccountError =
  | { field: 'name'; code: 'required' | 'taken' }
  | { field: 'name'; code: 'too-long'; limit: number }
  | { field: 'accessKey' | 'secret'; code: 'required' | 'not-printable' }
  | { field: 'environment'; code: 'forbidden' }
  | { field: 'vault'; code: 'closed' };

/** Which parts of an account its removal has deleted. */
export interface AccountRemoval {
  /** `left`: the browser failed to delete them. */
  keys: RemovedKeys | 'left';
  /** The account itself, and the token that was fetched with its keys. */
  account: boolean;
}

/** Which data the reset of the extension has deleted. */
export interface ForgetReport extends ForgottenVault {
  /** Accounts, settings and notes on disk. */
  settings: boolean;
  /** The data of this browser session: drafts, tokens, lists for the workbench. */
  session: boolean;
  /** The history, the jobs and the attempts without an outcome; or why they were not deleted. */
  journal: 'gone' | JournalTrouble;
}

/** Whether the history was erased, or why not. */
export type EraseResult = { ok: true } | { ok: false; trouble: JournalTrouble };

export type SaveAccountResult = { ok: true; account: AccountView } | { ok: false; problems: AccountError[] };

/** The result of a check, or why nothing was tried. */
export type CheckConnectionResult =
  | { ok: true; check: ConnectionCheck }
  | { ok: false; problems: AccountError[] };

/** Why a job was not started. Then nothing was sent or changed. */
export type StartJobError =
  | { code: 'another-job' }
  | { code: 'too-many'; limit: number }
  | { code: 'forbidden' }
  | { code: 'locked' }
  | { code: 'no-account' }
  | { code: 'no-reason' }
  /** The part of the list that was written before is not there: its worker was stopped, or another list replaced it. */
  | { code: 'interrupted' }
  | PlanProblem
  | { code: 'journal-unavailable'; trouble: JournalTrouble };

/** `not-waiting`: the job has started, was dropped or is over, possibly from another page. */
export type PlannedJobResult = StartBulkResult | { ok: false; problem: { code: 'not-waiting' } };

/** A planned job that was not started. */
export interface PlannedJob {
  jobId: number;
  /** Epoch milliseconds. */
  confirmedAt: number;
  account: AccountRef;
  /** The number of its codes. */
  total: number;
  reason?: string;
  /** Its time, and why it has not started, if it is due. */
  state: WaitingState;
  /** Epoch milliseconds of its start in the present time zone, which is later than `state.at` further west. */
  dueAt: number;
}

export type StartBulkResult = { ok: true; jobId: number } | { ok: false; problem: StartJobError };

interface Responses {
  getAppState: AppState;
  consumePendingAction: PendingAction | null;
  getQrCode: GatewayResult<QrCode>;
  checkStatus: CheckResult;
  cancelQrCode: CancelResult;
  getLastCancel: Attempt | null;
  openReview: null;
  getRecentAttempts: Attempt[];
  getCodeStatuses: CodeStatus[];
  searchQrCodes: GatewayResult<SearchPage>;
  createQrCode: CreateResult;
  prepareJob: StartBulkResult;
  startJob: StartBulkResult;
  pauseJob: null;
  resumeJob: null;
  stopJob: null;
  recheckJobItems: null;
  runJobNow: PlannedJobResult;
  rescheduleJob: PlannedJobResult;
  dropJob: { dropped: boolean };
  getScheduledJobs: PlannedJob[];
  getPlannedFor: PlannedJob[];
  saveAccount: SaveAccountResult;
  checkConnection: CheckConnectionResult;
  readExchanges: LoggedExchange[];
  selectAccount: null;
  removeAccount: AccountRemoval;
  updateSettings: Settings;
  unlock: UnlockResult;
  lock: null;
  setProtection: ProtectResult | { ok: false; problem: 'forbidden' };
  clearHistory: EraseResult;
  resetExtension: ForgetReport;
  readJournalIdentity: IdentityAnswer;
}

export type MessageName = keyof typeof messageSchemas;
export type Request<Name extends MessageName> = InferOutput<(typeof messageSchemas)[Name]>;
export type Response<Name extends MessageName> = Responses[Name];

/** The background's handler of each message. */
export type MessageHandlers = { [Name in MessageName]: (request: Request<Name>) => Promise<Response<Name>> };

/** A request as `runtime.sendMessage` carries it. */
export interface Message<Name extends MessageName> {
  name: Name;
  request: Request<Name>;
}

/** Sends a request to the background. Rejects if there is no answer, for example because the worker was stopped. */
export type Send = <Name extends MessageName>(name: Name, request: Request<Name>) => Promise<Response<Name>>;

export const send: Send = async (name, request) => {
  const message: Message<typeof name> = { name, request };
  const answer: Response<typeof name> | undefined = await browser.runtime.sendMessage(message);
  if (answer === undefined) throw new Error('The background gave no answer.');
  return answer;
};

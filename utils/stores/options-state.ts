import type { StoreApi } from 'zustand/vanilla';
import type { WatchCheck } from '../accounts/connection-check-progress.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountError, AccountView, AppState, Request, Send } from '../messaging/protocol.ts';
import type { Settings } from '../settings/settings.ts';
import type { Report } from '../wording/report.ts';
import type { AccountActions } from './account-actions.ts';
import type { ShownCheck } from './connection-check.ts';

export type AccountDraft = Request<'saveAccount'>;
export type ProtectionChange = Request<'setProtection'>;
export type SettingsChange = Request<'updateSettings'>;
/** Days after which the history's rows are erased; `null` if they are kept. */
export type KeepHistoryDays = Settings['historyRetentionDays'];

/** What the settings page shows. */
export interface OptionsState {
  page: AppState | undefined;
  /** Whether the background did not answer the last `getAppState`. */
  loadFailed: boolean;
  draft: AccountDraft;
  problems: AccountError[];
  busy: 'saving' | 'checking' | 'reading' | undefined;
  /** The QR code that a check of the connection reads. */
  codeToTry: { text: string; error?: string };
  /** The check of the draft's connection. */
  check: ShownCheck | undefined;
  /** The result of the last action. */
  report: Report | undefined;
  confirmation:
    | { about: 'remove'; account: AccountView }
    | { about: 'erase' }
    | { about: 'forget' }
    /** `count`: the rows that are older now. */
    | { about: 'retention'; days: NonNullable<KeepHistoryDays>; count: number }
    | undefined;
}

export interface OptionsActions extends AccountActions {
  load(): Promise<void>;
  edit(account: AccountView): void;
  /** Changes the protection of the keys. Returns why nothing was changed, or `undefined` after the change. */
  protect(change: ProtectionChange): Promise<string | undefined>;
  newDraft(): void;
  changeDraft(change: Partial<AccountDraft>): void;
  save(): Promise<void>;
  setCodeToTry(text: string): void;
  checkConnection(): Promise<void>;
  updateSettings(change: SettingsChange): Promise<void>;
  exportHistory(): Promise<void>;
  /** Sets how many days the history is kept (`null`: for good). A shorter time needs a confirmation. */
  keepHistory(days: KeepHistoryDays): Promise<void>;
  ask(asking: OptionsState['confirmation']): void;
  confirm(): Promise<void>;
}

export type OptionsStore = StoreApi<OptionsState> & { actions: OptionsActions };

export interface OptionsDeps {
  send: Send;
  /** Removes the record, outside the journal, that a job was started. */
  clearJobMarker(): Promise<void>;
  /** Records that EnKash has accepted an account's keys. */
  noteTested(): Promise<void>;
  watchCheck: WatchCheck;
  journal: HistoryReader;
  clock: Clock;
  download(fileName: string, type: string, parts: readonly BlobPart[]): void;
}

/** What the slices of the settings page's store share. */
export interface OptionsContext extends OptionsDeps {
  get(): OptionsState;
  set(change: Partial<OptionsState>): void;
  load(): Promise<void>;
}

/** The draft of a new account. */
export const EMPTY_DRAFT: AccountDraft = {
  name: '',
  environment: 'UAT',
  colour: 'blue',
  authMethod: 'secret-key',
  accessKey: '',
  secret: '',
};

/** No check of the draft's connection. */
export const NOTHING_CHECKED = { codeToTry: { text: '' }, check: undefined } as const;

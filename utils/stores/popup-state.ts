import type { StoreApi } from 'zustand/vanilla';
import type { ImageOnPage } from '../browser/capture-tab.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AccountView, AppState, Send, StartJobError } from '../messaging/protocol.ts';
import type { Attempt, StartedBy } from '../model/attempt.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { WallTime } from '../model/planned-time.ts';
import type { PendingAction, TextHandOver } from '../navigation/pending-action.ts';
import type { IdNote } from '../qr-code-id/reading.ts';
import type { Report } from '../wording/report.ts';
import type { AccountActions } from './account-actions.ts';
import type { FindStore } from './find-state.ts';
import type { Localized } from './localized.ts';
import type { PlannedStore } from './planned-state.ts';

/** The question before a code is cancelled. */
export interface CancelQuestion {
  qrCodeId: string;
  account: AccountView;
  read: GatewayResult<QrCode>;
  /** Whether it asks for a time. */
  isLater?: boolean;
  /** Why the cancel was not planned. */
  problem?: StartJobError | undefined;
}

/** What the popup shows. Everything about QR codes in it came from the background. */
export interface PopupState {
  page: AppState | undefined;
  /** Whether the background did not answer the last `getAppState`. */
  loadFailed: boolean;
  /** Whether code that the page loads after its first paint could not be loaded, as after an update of the extension. */
  isIncomplete: boolean;
  text: string;
  /** The text in the field, if the operator confirmed that it is an id although it looks like something else. */
  accepted: string | undefined;
  /** The selection from the page, if it is only a part of the word that holds the id. */
  partOf: TextHandOver['partOf'];
  /** A note about the text that the id in the field was read from. Valid as long as that id stands there. */
  note: IdNote | undefined;
  /** The origin of the text in the field. */
  startedBy: StartedBy;
  fieldError: Localized<string> | undefined;
  busy: 'checking' | 'reading' | 'cancelling' | undefined;
  /** The code that the result below the field is about, with the account that was current for it. */
  about: { qrCodeId: string; account: AccountView } | undefined;
  qrCode: QrCode | undefined;
  /** The status of the code in one line. */
  statusLine: Localized<string> | undefined;
  report: Localized<Report> | undefined;
  dialog: CancelQuestion | undefined;
  /** What waits for the code of the result: jobs with a time, or a countdown. A countdown stays until it is over. */
  planned: { qrCodeId: string; store: PlannedStore } | undefined;
  recent: Attempt[];
  retryAtByCode: Record<string, number>;
  /** The QR codes on the page in front, once the operator asked for them. */
  find: FindStore | undefined;
}

export interface PopupActions extends AccountActions {
  load(): Promise<void>;
  loadRecent(): Promise<void>;
  consumePendingAction(): Promise<void>;
  setText(text: string): void;
  /** Accepts an offered text as the id after the operator confirmed it. */
  accept(qrCodeId: string): void;
  check(): Promise<void>;
  checkId(qrCodeId: string): Promise<void>;
  /** Reads the code, then asks; with `isLater` for a time too. */
  requestCancel(isLater?: boolean): Promise<void>;
  dismissDialog(): void;
  /** Cancels the code that the dialog names, or plans that. */
  confirmCancel(reason?: string, start?: WallTime): Promise<void>;
  review(): Promise<void>;
  /** Reads the QR codes on the page in front, or in one image of it. */
  scanPage(image?: ImageOnPage): Promise<void>;
  setWaits(waits: Record<string, number>): void;
}

/** The actions that read the field or send a request. Their code is loaded after the first paint. */
export type RequestActions = Pick<
  PopupActions,
  'check' | 'checkId' | 'review' | 'requestCancel' | 'confirmCancel' | 'scanPage' | 'consumePendingAction'
>;

export type PopupStore = StoreApi<PopupState> & { actions: PopupActions };

/** What the slices of the popup's store share. */
export interface PopupContext {
  send: Send;
  /** Takes the pending action that the menu, a shortcut or the address bar left for the popup. */
  consumePendingAction(): Promise<PendingAction | null>;
  get(): PopupState;
  set(change: Partial<PopupState>): void;
}

/** No result below the field. */
export const EMPTY_RESULT = {
  fieldError: undefined,
  about: undefined,
  qrCode: undefined,
  statusLine: undefined,
  report: undefined,
} as const;

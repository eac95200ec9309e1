import { createStore, type StoreApi } from 'zustand/vanilla';
import type { QrCode } from '../enkash/qr-code.ts';
import { memoizeByLocale, t } from '../i18n/i18n.ts';
import type { AccountView, AppState, Request, Send } from '../messaging/protocol.ts';
import type { Attempt, StartedBy } from '../model/attempt.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';
import { fitsHandOver, type PendingAction, type TextHandOver } from '../navigation/pending-action.ts';
import type { CancelResult } from '../qr-code/cancel.ts';
import { despiteOf } from '../qr-code/despite.ts';
import { loadEntryReader } from '../qr-code-id/entry-reader.ts';
import type { IdNote } from '../qr-code-id/reading.ts';
import { failedCheckReport } from '../wording/check.ts';
import { idProblemText } from '../wording/id-problem.ts';
import { outcomeReport } from '../wording/outcome.ts';
import { statusLine } from '../wording/qr-code.ts';
import type { Report } from '../wording/report.ts';
import { type AccountActions, createAccountActions } from './account-actions.ts';

/** What is said, in the language that is spoken when it is drawn: the page may stay open while another is chosen. */
type Localized<What> = () => What;

/** What the popup shows. Everything about QR codes in it came from the background. */
export interface PopupState {
  page: AppState | undefined;
  /** Whether the background did not answer when the page was loaded last. */
  loadFailed: boolean;
  text: string;
  /** The text in the field, if the operator has said that it is an id although it has the form of another thing's. */
  accepted: string | undefined;
  /** What was selected, if that is only a part of the word that the id is from. */
  partOf: TextHandOver['partOf'];
  /** What has to be said of the id that was read from the text in the field, for as long as the id stands there. */
  note: IdNote | undefined;
  /** Where the text in the field came from. */
  startedBy: StartedBy;
  fieldError: Localized<string> | undefined;
  busy: 'checking' | 'reading' | 'cancelling' | undefined;
  /** The code that the result below the field is about, with the account that was in use for it. */
  about: { qrCodeId: string; account: AccountView } | undefined;
  qrCode: QrCode | undefined;
  /** One line that says how the code stands. */
  statusLine: Localized<string> | undefined;
  report: Localized<Report> | undefined;
  dialog: { qrCodeId: string; account: AccountView; read: GatewayResult<QrCode> } | undefined;
  recent: Attempt[];
  retryAtByCode: Record<string, number>;
}

export interface PopupActions extends AccountActions {
  load(): Promise<void>;
  loadRecent(): Promise<void>;
  consumePendingAction(): Promise<void>;
  setText(text: string): void;
  /** Takes what was offered as the id, at the operator's word. */
  accept(qrCodeId: string): void;
  check(): Promise<void>;
  checkId(qrCodeId: string): Promise<void>;
  requestCancel(): Promise<void>;
  dismissDialog(): void;
  confirmCancel(reason?: string): Promise<void>;
  review(): Promise<void>;
  setWaits(waits: Record<string, number>): void;
}

export type PopupStore = StoreApi<PopupState> & { actions: PopupActions };

/** How many attempts of an account are looked through for its last few codes. */
const RECENT_SCAN_LIMIT = 40;
const RECENT_SHOWN = 5;

const EMPTY_RESULT = {
  fieldError: undefined,
  about: undefined,
  qrCode: undefined,
  statusLine: undefined,
  report: undefined,
} as const;

/** Builds the popup's state and what can be done with it. */
export function createPopupStore(
  send: Send,
  consumePendingAction: () => Promise<PendingAction | null> = () =>
    send('consumePendingAction', { page: 'popup' }),
): PopupStore {
  const store = createStore<PopupState>(() => ({
    ...EMPTY_RESULT,
    page: undefined,
    loadFailed: false,
    text: '',
    accepted: undefined,
    partOf: undefined,
    note: undefined,
    startedBy: 'popup',
    busy: undefined,
    dialog: undefined,
    recent: [],
    retryAtByCode: {},
  }));
  const { getState: get, setState: set } = store;

  /** The one id in the field, put there without what was around it; or `undefined`, with the reason shown. */
  async function parseEnteredId(): Promise<string | undefined> {
    const { text, accepted } = get();
    if (accepted !== undefined && text.trim() === accepted) {
      set({ ...EMPTY_RESULT, text: accepted });
      return accepted;
    }
    const readEntry = await loadEntryReader();
    // It may have been typed over meanwhile.
    if (get().text !== text) return undefined;
    const entry = readEntry(text);
    if (entry.kind === 'one') {
      // The id alone has no note: what was said of the text that it was read from still holds.
      set({ ...EMPTY_RESULT, text: entry.qrCodeId, note: entry.note ?? get().note });
      return entry.qrCodeId;
    }
    const fieldError = entry.kind === 'none' ? () => idProblemText(entry.problem) : undefined;
    set({ ...EMPTY_RESULT, fieldError });
    return undefined;
  }

  /** Whether an account is the one in use, and its keys are to be had. */
  function isCurrentAndReady({ id }: AccountView): boolean {
    const { page } = get();
    return isReady(page) && page?.currentAccountId === id;
  }

  /**
   * Does something with an account, and shows what came of it; not where another account is in use by then, or all
   * is locked: nothing is shown under an account that did not say it.
   */
  async function runForAccount(
    busy: NonNullable<PopupState['busy']>,
    work: (account: AccountView) => Promise<Partial<PopupState>>,
    account = currentAccount(get().page),
  ): Promise<void> {
    if (!account || get().busy) return;
    set({ busy });
    const shown = await work(account).catch(() => ({ report: memoizeByLocale(noResponseReport) }));
    // A question that was answered is gone at once: nobody is to answer it again.
    set({ dialog: undefined, ...(isCurrentAndReady(account) && shown), busy: undefined });
    // What was done stands, whether or not the list of it can be shown.
    await actions.loadRecent().catch(() => undefined);
  }

  const actions: PopupActions = {
    ...createAccountActions(send, () => {
      set(EMPTY_RESULT);
      return actions.load();
    }),
    async load() {
      const wasReady = isReady(get().page);
      let page: AppState;
      try {
        page = await send('getAppState', {});
      } catch {
        return set({ loadFailed: true });
      }
      const before = get().page;
      set({ page, loadFailed: false });
      // What is shown is the other account's; a question that is open names its own, and stays.
      if (before && before.currentAccountId !== page.currentAccountId) set({ ...EMPTY_RESULT, recent: [] });
      // A dialog does not outlast the lock: what it shows may have changed long ago when it is opened again.
      if (page.vault.status !== 'open') return set({ ...EMPTY_RESULT, dialog: undefined });
      if (!isReady(page)) return;
      await actions.loadRecent();
      // Only a page that has just opened, or was just unlocked, takes what the menu left.
      if (!wasReady) await actions.consumePendingAction();
    },
    async loadRecent() {
      const accountId = get().page?.currentAccountId;
      if (!accountId) return;
      const attempts = await send('getRecentAttempts', { accountId, limit: RECENT_SCAN_LIMIT });
      // Another account may have come into use meanwhile.
      if (get().page?.currentAccountId === accountId)
        set({ recent: latestPerCode(attempts).slice(0, RECENT_SHOWN) });
    },
    async consumePendingAction() {
      const handOver = await consumePendingAction();
      if (!handOver || handOver.action === 'review' || handOver.action === 'lost') return;
      const { startedBy } = handOver;
      if ('qrCodeId' in handOver) {
        actions.setText(handOver.qrCodeId);
        set({ accepted: handOver.qrCodeId, startedBy });
      } else {
        actions.setText(handOver.text);
        set({ partOf: handOver.partOf, startedBy });
        if ((await loadEntryReader())(handOver.text).kind === 'several') return actions.review();
      }
      await (handOver.action === 'check' ? actions.check() : actions.requestCancel());
    },
    setText: (text) =>
      set({
        ...EMPTY_RESULT,
        text,
        accepted: undefined,
        partOf: undefined,
        note: undefined,
        startedBy: 'popup',
      }),
    accept: (qrCodeId) => set({ ...EMPTY_RESULT, text: qrCodeId, accepted: qrCodeId }),
    async check() {
      const qrCodeId = await parseEnteredId();
      if (qrCodeId) await actions.checkId(qrCodeId);
    },
    async checkId(qrCodeId) {
      // A code of the list is not what was asked for elsewhere.
      if (qrCodeId !== get().text) {
        actions.setText(qrCodeId);
        set({ accepted: qrCodeId });
      }
      set(EMPTY_RESULT);
      await runForAccount('checking', async (account) => {
        const { result } = await send('checkStatus', {
          accountId: account.id,
          qrCodeId,
          startedBy: get().startedBy,
        });
        return readResult(qrCodeId, account, result);
      });
    },
    async requestCancel() {
      const qrCodeId = await parseEnteredId();
      if (!qrCodeId) return;
      await runForAccount('reading', async (account) => {
        const read = await send('getQrCode', { accountId: account.id, qrCodeId });
        const shown = readResult(qrCodeId, account, read);
        if (read.kind === 'answered' && read.payload.status === 'CANCELLED')
          return {
            ...shown,
            report: memoizeByLocale(alreadyCancelled),
            statusLine: () => alreadyCancelled().title,
          };
        if (blocksConfirmation(read)) return shown;
        const dialog = { qrCodeId, account, read };
        return read.kind === 'answered' ? { ...shown, dialog } : { dialog };
      });
    },
    dismissDialog: () => set({ dialog: undefined }),
    async confirmCancel(reason) {
      const asked = get().dialog;
      if (!asked || get().busy) return;
      const { qrCodeId, account, read } = asked;
      set({ about: { qrCodeId, account } });
      const cancel = async () => {
        const ended = await cancelWithRecovery(send, {
          accountId: account.id,
          qrCodeId,
          startedBy: get().startedBy,
          reason,
          despite: despiteOf(read),
        }).then(
          ({ outcome, qrCode }) => outcomeResult(outcome, account, qrCode),
          () => ({ report: memoizeByLocale(unknownOutcomeReport) }),
        );
        if (!isCurrentAndReady(account))
          set({ ...EMPTY_RESULT, ...resultForOtherAccount(ended.report, qrCodeId, account) });
        return { about: { qrCodeId, account }, ...ended };
      };
      await runForAccount('cancelling', cancel, account);
    },
    async review() {
      const { text } = get();
      if ((await loadEntryReader())(text).kind !== 'several') return;
      const isLeft =
        fitsHandOver(text) &&
        (await send('openReview', { text }).then(
          () => true,
          () => false,
        ));
      if (!isLeft) set({ ...EMPTY_RESULT, fieldError: () => t('listTooLarge') });
    },
    setWaits: (retryAtByCode) => set({ retryAtByCode }),
  };
  return Object.assign(store, { actions });
}

/** The account that the page works with now. */
export function currentAccount(page: AppState | undefined): AccountView | undefined {
  return page?.accounts.find(({ id }) => id === page.currentAccountId);
}

/** Whether ids can be checked and cancelled now. */
export function isReady(page: AppState | undefined): boolean {
  return page?.vault.status === 'open' && currentAccount(page)?.hasKeys === true;
}

/** Sends the cancel; where the background died over it, asks its successor what became of it. */
async function cancelWithRecovery(send: Send, request: Request<'cancelQrCode'>): Promise<CancelResult> {
  const pressedAt = Date.now();
  try {
    return await send('cancelQrCode', request);
  } catch (failure) {
    const { accountId, qrCodeId } = request;
    const last = await send('getLastCancel', { accountId, qrCodeId });
    // An earlier cancel of the same code says nothing of this one.
    if (last?.action !== 'cancel' || !last.outcome || last.at < pressedAt) throw failure;
    return { outcome: last.outcome, attemptId: last.attemptId };
  }
}

function readResult(qrCodeId: string, account: AccountView, read: GatewayResult<QrCode>) {
  const subject = { qrCodeId, account };
  return read.kind === 'answered'
    ? { about: subject, qrCode: read.payload, statusLine: () => statusLine(read.payload), report: undefined }
    : { about: subject, report: memoizeByLocale(() => failedCheckReport(read, account)) };
}

function outcomeResult(outcome: Outcome, account: AccountView, qrCode: QrCode | undefined) {
  const report = memoizeByLocale(() => outcomeReport(outcome, account));
  return { qrCode, statusLine: outcomeStatusLine(outcome, report), report };
}

/** How a cancel ended with an account that is not in use any more. A check would be the other account's. */
function resultForOtherAccount(own: Localized<Report>, qrCodeId: string, { name, environment }: AccountView) {
  const report = memoizeByLocale((): Report => {
    const sentences = [t('noticeBody', qrCodeId, name, environment), ...own().sentences];
    return { ...own(), sentences, offerCheck: false };
  });
  const { tone } = report();
  return {
    report,
    statusLine: tone === 'success' || tone === 'neutral' ? () => report().title : undefined,
  };
}

/** The line that says how a cancel ended; what went wrong speaks for itself, as an alert. */
function outcomeStatusLine(outcome: Outcome, report: Localized<Report>): Localized<string> | undefined {
  if (outcome.kind === 'cancelled') return () => t('statusCancelled');
  return outcome.kind === 'already-cancelled' ? () => report().title : undefined;
}

/** Reads after which asking would be no use: nothing could be sent, or there is no such code. */
function blocksConfirmation(read: GatewayResult<QrCode>): boolean {
  if (read.kind === 'not-sent') return read.reason !== 'unreachable' && read.reason !== 'auth-unavailable';
  return read.kind === 'not-found' || read.kind === 'unauthorized';
}

function alreadyCancelled(): Report {
  return { tone: 'neutral', title: t('alreadyCancelledNothing'), sentences: [] };
}

/** The background gave no answer to a read: it changes nothing, whatever became of it. */
function noResponseReport(): Report {
  return { tone: 'danger', title: t('checkFailed'), sentences: [t('noAnswerFromBackground')] };
}

/** The background gave no answer to a cancel, and neither did its successor. */
function unknownOutcomeReport(): Report {
  const sentences = [t('unclearInterrupted'), t('mayBeCancelled'), t('nextCheckAgain')];
  return { tone: 'warning', title: t('outcomeUnconfirmed'), sentences, offerCheck: true };
}

function latestPerCode(attempts: readonly Attempt[]): Attempt[] {
  const seen = new Set<string>();
  // One that was to be created and has no id is not there to be checked.
  return attempts.filter(({ qrCodeId }) => qrCodeId !== '' && !seen.has(qrCodeId) && seen.add(qrCodeId));
}

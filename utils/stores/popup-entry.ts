import { t } from '../i18n/i18n.ts';
import { fitsHandOver } from '../navigation/pending-action.ts';
import { loadEntryReader } from '../qr-code-id/entry-reader.ts';
import { idProblemText } from '../wording/id-problem.ts';
import { currentAccount } from './current-account.ts';
import { runForAccount } from './popup-page.ts';
import { readResult } from './popup-results.ts';
import { EMPTY_RESULT, type PopupActions, type PopupContext } from './popup-state.ts';

type EntryActions = Pick<PopupActions, 'setText' | 'accept' | 'check' | 'checkId' | 'review'>;

/** The field with the id, and the check of a code. */
export function createEntrySlice(context: PopupContext): EntryActions {
  const { get, set } = context;
  return {
    setText(text) {
      get().find?.actions.stop();
      set({ find: undefined });
      setText(context, text);
    },
    accept: (qrCodeId) => set({ ...EMPTY_RESULT, text: qrCodeId, accepted: qrCodeId }),
    async check() {
      const qrCodeId = await parseEnteredId(context);
      if (qrCodeId) await checkCode(context, qrCodeId);
    },
    async checkId(qrCodeId) {
      // A code of the list was not started by the menu or another page.
      if (qrCodeId !== get().text) {
        setText(context, qrCodeId);
        set({ accepted: qrCodeId });
      }
      await checkCode(context, qrCodeId);
    },
    review: () => reviewEntered(context),
  };
}

/** Empties the field and the result below it, and puts a text into the field. */
export function setText({ set }: PopupContext, text: string): void {
  set({
    ...EMPTY_RESULT,
    text,
    accepted: undefined,
    partOf: undefined,
    note: undefined,
    startedBy: 'popup',
  });
}

/**
 * Takes the pending action, if any, and starts its check or cancel. Several ids go to the workbench. Nothing is
 * cancelled before it is confirmed.
 */
export async function runPendingAction(
  { consumePendingAction, get, set }: PopupContext,
  actions: Pick<PopupActions, 'setText' | 'check' | 'requestCancel' | 'review' | 'scanPage'>,
): Promise<void> {
  const handOver = await consumePendingAction();
  if (!handOver || handOver.action === 'review' || handOver.action === 'lost') return;
  if (handOver.action === 'find') return actions.scanPage(handOver.image);
  const { startedBy } = handOver;
  if ('qrCodeId' in handOver) {
    actions.setText(handOver.qrCodeId);
    set({ accepted: handOver.qrCodeId, startedBy });
  } else {
    actions.setText(handOver.text);
    set({ partOf: handOver.partOf, startedBy });
    if ((await loadEntryReader())(handOver.text).kind === 'several') return actions.review();
  }
  if (handOver.action === 'countdown') {
    const account = currentAccount(get().page);
    return set({ about: account && { qrCodeId: handOver.qrCodeId, account } });
  }
  await (handOver.action === 'check' ? actions.check() : actions.requestCancel());
}

/**
 * The only id in the field; the text around it is removed from the field. `undefined` if there is none or more than
 * one; the field then shows the reason.
 */
export async function parseEnteredId({ get, set }: PopupContext): Promise<string | undefined> {
  const { text, accepted } = get();
  if (accepted !== undefined && text.trim() === accepted) {
    set({ ...EMPTY_RESULT, text: accepted });
    return accepted;
  }
  const readEntry = await loadEntryReader();
  // The text may have changed in the meantime.
  if (get().text !== text) return undefined;
  const entry = readEntry(text);
  if (entry.kind === 'one') {
    // The id alone has no note; the note about the original text still applies.
    set({ ...EMPTY_RESULT, text: entry.qrCodeId, note: entry.note ?? get().note });
    return entry.qrCodeId;
  }
  const fieldError = entry.kind === 'none' ? () => idProblemText(entry.problem) : undefined;
  set({ ...EMPTY_RESULT, fieldError });
  return undefined;
}

/** Checks a code, and shows the result below the field. */
export async function checkCode(context: PopupContext, qrCodeId: string): Promise<void> {
  const { send, get, set } = context;
  set(EMPTY_RESULT);
  await runForAccount(context, 'checking', async (account) => {
    const { startedBy } = get();
    const { result } = await send('checkStatus', { accountId: account.id, qrCodeId, startedBy });
    // The operator has chosen another picture in the meantime: this code is not the one in it.
    return isOutdated(context, qrCodeId) ? {} : readResult(qrCodeId, account, result);
  });
  // The code of that picture was found during the check.
  if (isOutdated(context, qrCodeId) && get().accepted) await checkCode(context, get().text);
}

/** Whether a picture is shown whose code is not this one. */
export function isOutdated({ get }: PopupContext, qrCodeId: string): boolean {
  const { find, text } = get();
  return find !== undefined && text !== qrCodeId;
}

/** Hands several ids to the workbench, if they fit into a message. */
async function reviewEntered({ send, get, set }: PopupContext): Promise<void> {
  const { text } = get();
  if ((await loadEntryReader())(text).kind !== 'several') return;
  const isSent =
    fitsHandOver(text) &&
    (await send('openReview', { text }).then(
      () => true,
      () => false,
    ));
  if (!isSent) set({ ...EMPTY_RESULT, fieldError: () => t('listTooLarge') });
}

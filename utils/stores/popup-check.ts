import { t } from '../i18n/i18n.ts';
import { fitsHandOver } from '../navigation/pending-action.ts';
import { loadEntryReader } from '../qr-code-id/entry-reader.ts';
import { idProblemText } from '../wording/id-problem.ts';
import { setText } from './popup-entry.ts';
import { readResult } from './popup-results.ts';
import { EMPTY_RESULT, type PopupActions, type PopupContext } from './popup-state.ts';
import { runForAccount } from './popup-task.ts';

/** The check of a code. */
export function createCheckSlice(context: PopupContext): Pick<PopupActions, 'check' | 'checkId' | 'review'> {
  const { get, set } = context;
  return {
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

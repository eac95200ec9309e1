import type { SelectedText } from '../../../utils/browser/selection.ts';
import { t } from '../../../utils/i18n/i18n.ts';
import { closePopup, openActionPopup, openReview, showPopup } from '../../../utils/navigation/open-page.ts';
import {
  fitsHandOver,
  holdPendingActions,
  type PendingCodeAction,
  postPendingAction,
  type TargetSurface,
  type TextHandOver,
} from '../../../utils/navigation/pending-action.ts';
import { findOpenSurface } from '../../../utils/navigation/side-panel.ts';
import { glanceAt } from '../../../utils/qr-code-id/glance.ts';
import { isQrCodeId } from '../../../utils/qr-code-id/id.ts';
import { mayBeOtherThing } from '../../../utils/qr-code-id/known-forms.ts';
import { notify } from '../browser/notifications.ts';
import type { Services } from '../services.ts';
import { accountForDirectCancel, cancelWithoutConfirmation } from './cancel-without-confirmation.ts';

export type SelectionCommand = Pick<PendingCodeAction, 'action' | 'startedBy'>;

/** A selection, and whether it is known what stands around it in the page. */
export interface Selection extends SelectedText {
  isRead: boolean;
}

/** Where what was asked for is shown, and the popup where it had to be opened at once. */
interface OpenedSurface {
  place: TargetSurface | Promise<TargetSurface>;
  popup: Promise<boolean> | undefined;
}

/** A selection that can't be compared with its page may be half an id; a shorter one may not be cancelled unasked. */
const LONG_ENOUGH = 10;

/**
 * What the context menu and the keys do with a text selected in a window: what is meant for one code is opened in its
 * side panel or the popup, a list is looked through in the workbench, and where there is no id that is said. A selection
 * that begins or ends within a word is taken as the whole word. `opened` is what had to be opened before the text was
 * known.
 */
export async function handleSelection(
  services: Services,
  { action, startedBy }: SelectionCommand,
  selection: Selection,
  windowId: number | undefined,
  opened?: OpenedSurface,
): Promise<void> {
  const text = selection.before + selection.text + selection.after;
  const glance = glanceAt(text);
  if (glance !== 'one') {
    await closePopup(opened?.popup);
    return glance === 'list' ? reviewText(text) : noticeNoId(selection, text);
  }
  const { place, popup } = opened ?? openPopupEarly(windowId);
  const handOver = handOverOf({ action, startedBy }, selection, text);
  const qrCodeId = action === 'cancel' ? surelyMeant(selection) : undefined;
  const withoutConfirmation = qrCodeId ? accountForDirectCancel(services) : Promise.resolve(undefined);
  const decided = withoutConfirmation.then(async (account) => {
    if (!account) await postPendingAction(await place, handOver);
  });
  holdPendingActions(decided);
  const account = await withoutConfirmation;
  if (account && qrCodeId) {
    await closePopup(popup);
    return cancelWithoutConfirmation(services, account, { qrCodeId, startedBy }, await place);
  }
  await decided;
  if ((await place) === 'popup') await showPopup(popup);
}

function handOverOf(
  asked: SelectionCommand,
  { text: selected, before, after }: Selection,
  text: string,
): TextHandOver {
  const isWhole = before === '' && after === '';
  return { ...asked, text, ...(isWhole ? {} : { partOf: { selected: selected.trim(), word: text.trim() } }) };
}

/** The id that may be cancelled unasked: undamaged, whole and alone in the selection, with letters and digits. */
function surelyMeant({ text, before, after, isRead }: Selection): string | undefined {
  const id = text.trim();
  const isSure = isQrCodeId(id) && /\d/.test(id) && /[A-Za-z]/.test(id) && !mayBeOtherThing(id);
  const isWhole = before === '' && after === '' && (isRead || id.length >= LONG_ENOUGH);
  return isSure && isWhole ? id : undefined;
}

/** Hands a list over to the workbench, or says that it is too large for that. */
export async function reviewText(text: string): Promise<void> {
  const isLeft =
    fitsHandOver(text) &&
    (await openReview(text).then(
      () => true,
      () => false,
    ));
  if (!isLeft) await notify(() => ({ title: t('noticeTooLarge'), message: t('noticeTooLargeBody') }));
}

function noticeNoId({ text: selected }: SelectedText, text: string): Promise<void> {
  const isPart = text.trim() !== selected.trim();
  return notify(() => ({
    title: t('noticeNoId'),
    message: isPart
      ? t('noticePartOfWord', selected.trim().slice(0, NOTICE_SHOWN), text.trim().slice(0, NOTICE_SHOWN))
      : t('noticeNoIdBody'),
  }));
}

/** Notifications have little room. */
const NOTICE_SHOWN = 80;

/** Opens the popup on what is left for it. */
export async function openPopupWith(handOver: TextHandOver): Promise<void> {
  const { popup } = openPopupEarly(undefined);
  const left = postPendingAction('popup', handOver);
  holdPendingActions(left);
  await left;
  await showPopup(popup);
}

/** Firefox opens a popup only while it still holds the click or the key, before anything is awaited. */
export function openPopupEarly(windowId: number | undefined): OpenedSurface {
  const surface = findOpenSurface(windowId);
  return {
    place: surface,
    popup: import.meta.env.FIREFOX && surface === 'popup' ? openActionPopup() : undefined,
  };
}

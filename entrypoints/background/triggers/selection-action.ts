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
import { notify } from '../browser/show-notification.ts';
import type { LoadServices } from '../load-services.ts';

export type SelectionCommand = Pick<PendingCodeAction, 'action' | 'startedBy'>;

/** A selection, and whether the page around it was read. */
export interface Selection extends SelectedText {
  isRead: boolean;
}

/** The surface that shows the action. `popup` is set if the popup had to be opened before the text was known. */
interface OpenedSurface {
  place: TargetSurface | Promise<TargetSurface>;
  popup: Promise<boolean> | undefined;
}

/** The shortest selection that may be cancelled without a question if the page was not read: a shorter one may be part of an id. */
const MIN_UNREAD_LENGTH = 10;

/**
 * Handles a selection for the context menu and the shortcuts. One id opens in the window's side panel or the popup, a
 * list opens in the workbench, and a text without an id shows a notification. A selection that begins or ends within a
 * word is extended to the whole word. `opened` is the surface that had to be opened before the text was known.
 */
export async function handleSelection(
  loadServices: LoadServices,
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
  const handOver = toHandOver({ action, startedBy }, selection, text);
  const qrCodeId = action === 'cancel' ? unambiguousId(selection) : undefined;
  const posted = tryDirectCancel(loadServices, qrCodeId, startedBy, place).then(async (direct) => {
    if (direct) return direct.hasPage;
    await postPendingAction(await place, handOver);
    return true;
  });
  holdPendingActions(posted);
  if (!(await posted)) return closePopup(popup);
  if ((await place) === 'popup') await showPopup(popup);
}

/**
 * Cancels a code without a question if the settings allow it. Returns whether a page has something to show, or `undefined`
 * if the operator must be asked.
 */
async function tryDirectCancel(
  loadServices: LoadServices,
  qrCodeId: string | undefined,
  startedBy: SelectionCommand['startedBy'],
  place: OpenedSurface['place'],
): Promise<{ hasPage: boolean } | undefined> {
  if (qrCodeId === undefined) return undefined;
  const [services, direct] = await Promise.all([loadServices(), import('./cancel-without-confirmation.ts')]);
  const account = await direct.accountForDirectCancel(services);
  if (!account) return undefined;
  const start = { qrCodeId, startedBy };
  return { hasPage: await direct.cancelWithoutConfirmation(services, account, start, await place) };
}

function toHandOver(
  command: SelectionCommand,
  { text: selected, before, after }: Selection,
  text: string,
): TextHandOver {
  const isWhole = before === '' && after === '';
  return {
    ...command,
    text,
    ...(isWhole ? {} : { partOf: { selected: selected.trim(), word: text.trim() } }),
  };
}

/** The id that may be cancelled without a question: valid, whole, alone in the selection, and with letters and digits. */
function unambiguousId({ text, before, after, isRead }: Selection): string | undefined {
  const id = text.trim();
  const isUnambiguous = isQrCodeId(id) && /\d/.test(id) && /[A-Za-z]/.test(id) && !mayBeOtherThing(id);
  const isWhole = before === '' && after === '' && (isRead || id.length >= MIN_UNREAD_LENGTH);
  return isUnambiguous && isWhole ? id : undefined;
}

/** Opens a list in the workbench, or shows a notification if the list is too large. */
export async function reviewText(text: string): Promise<void> {
  const isOpened =
    fitsHandOver(text) &&
    (await openReview(text).then(
      () => true,
      () => false,
    ));
  if (!isOpened) await notify(() => ({ title: t('noticeTooLarge'), message: t('noticeTooLargeBody') }));
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

/** Characters of a text that fit into a notification. */
const NOTICE_SHOWN = 80;

/** Opens the popup with a pending action. */
export async function openPopupWith(handOver: TextHandOver): Promise<void> {
  const { popup } = openPopupEarly(undefined);
  const posted = postPendingAction('popup', handOver);
  holdPendingActions(posted);
  await posted;
  await showPopup(popup);
}

/** Firefox opens a popup only while it handles the click or the key press, so this must run before the first await. */
export function openPopupEarly(windowId: number | undefined): OpenedSurface {
  const surface = findOpenSurface(windowId);
  return {
    place: surface,
    popup: import.meta.env.FIREFOX && surface === 'popup' ? openActionPopup() : undefined,
  };
}

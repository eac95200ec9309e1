import type { SelectedText } from '../../../utils/browser/selection.ts';
import { t } from '../../../utils/i18n/i18n.ts';
import {
  closePopup,
  openBrowserPopup,
  openReviewOf,
  showPopup,
} from '../../../utils/navigation/open-page.ts';
import {
  type CodeHandOver,
  decideHandOver,
  fitsHandOver,
  type HandOverTo,
  leaveFor,
  type TextHandOver,
} from '../../../utils/navigation/pending-action.ts';
import { placeFor } from '../../../utils/navigation/side-panel.ts';
import { glanceAt } from '../../../utils/qr-code-id/glance.ts';
import { isQrCodeId } from '../../../utils/qr-code-id/id.ts';
import { mayBeOtherThing } from '../../../utils/qr-code-id/known-forms.ts';
import { notify } from '../browser/notifications.ts';
import type { Services } from '../services.ts';
import { accountWithoutAsking, cancelUnasked } from './cancel-without-confirmation.ts';

export type Asked = Pick<CodeHandOver, 'action' | 'startedBy'>;

/** A selection, and whether it is known what stands around it in the page. */
export interface Selection extends SelectedText {
  isRead: boolean;
}

/** Where what was asked for is shown, and the popup where it had to be opened at once. */
interface Opened {
  place: HandOverTo | Promise<HandOverTo>;
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
export async function actOn(
  services: Services,
  { action, startedBy }: Asked,
  selection: Selection,
  windowId: number | undefined,
  opened?: Opened,
): Promise<void> {
  const text = selection.before + selection.text + selection.after;
  const glance = glanceAt(text);
  if (glance !== 'one') {
    await closePopup(opened?.popup);
    return glance === 'list' ? reviewText(text) : noticeNoId(selection, text);
  }
  const { place, popup } = opened ?? openEarly(windowId);
  const handOver = handOverOf({ action, startedBy }, selection, text);
  const qrCodeId = action === 'cancel' ? surelyMeant(selection) : undefined;
  const unasked = qrCodeId ? accountWithoutAsking(services) : Promise.resolve(undefined);
  const decided = unasked.then(async (account) => {
    if (!account) await leaveFor(await place, handOver);
  });
  decideHandOver(decided);
  const account = await unasked;
  if (account && qrCodeId) {
    await closePopup(popup);
    return cancelUnasked(services, account, { qrCodeId, startedBy }, await place);
  }
  await decided;
  if ((await place) === 'popup') await showPopup(popup);
}

function handOverOf(asked: Asked, { text: selected, before, after }: Selection, text: string): TextHandOver {
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
    (await openReviewOf(text).then(
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
export async function openPopupOn(handOver: TextHandOver): Promise<void> {
  const { popup } = openEarly(undefined);
  const left = leaveFor('popup', handOver);
  decideHandOver(left);
  await left;
  await showPopup(popup);
}

/** Firefox opens a popup only while it still holds the click or the key, before anything is awaited. */
export function openEarly(windowId: number | undefined): Opened {
  const place = placeFor(windowId);
  return { place, popup: import.meta.env.FIREFOX && place === 'popup' ? openBrowserPopup() : undefined };
}

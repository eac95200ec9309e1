import {
  type CodeHandOver,
  decideHandOver,
  fitsHandOver,
  type HandOverTo,
  leaveFor,
  type OfferHandOver,
} from '../../utils/hand-over.ts';
import { t } from '../../utils/i18n.ts';
import { closePopup, openBrowserPopup, openReviewOf, showPopup } from '../../utils/open-page.ts';
import { placeFor } from '../../utils/panel.ts';
import { type Entry, readEntry } from '../../utils/qr-code-id/parse-entry.ts';
import type { SelectedText } from '../../utils/selected-text.ts';
import { idProblemText } from '../../utils/wording/id-problem.ts';
import { accountWithoutAsking, cancelUnasked } from './cancel-unasked.ts';
import { notify } from './notifications.ts';
import type { Services } from './services.ts';

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
 * What the context menu and the keys do with a text selected in a window: one id is opened in its side panel or the
 * popup, several are looked through in the workbench, and where there is none that is said. A selection that begins or
 * ends within a word is read as the whole word. `opened` is what had to be opened before the text was known.
 */
export async function actOn(
  services: Services,
  { action, startedBy }: Asked,
  selection: Selection,
  windowId: number | undefined,
  opened?: Opened,
): Promise<void> {
  const text = selection.before + selection.text + selection.after;
  const entry = readEntry(text);
  if (entry.kind === 'several' || isTooLong(entry)) {
    await closePopup(opened?.popup);
    return review(text);
  }
  if (entry.kind === 'none') {
    if (entry.offered.length === 0) {
      await closePopup(opened?.popup);
      return noticeNoId(entry, selection, text);
    }
    return offer({ action: 'offer', text, startedBy }, opened ?? openEarly(windowId));
  }
  const { qrCodeId } = entry;
  const { place, popup } = opened ?? openEarly(windowId);
  const isWhole = selection.before === '' && selection.after === '';
  // Only what was selected as it stands, whole and alone, was surely meant; else the question comes in any case.
  const sure =
    action === 'cancel' && entry.isExact && isWhole && (selection.isRead || qrCodeId.length >= LONG_ENOUGH);
  const unasked = sure ? accountWithoutAsking(services) : Promise.resolve(undefined);
  const partOf = isWhole ? {} : { partOf: { selected: selection.text.trim(), word: text.trim() } };
  const decided = unasked.then(async (account) => {
    if (!account) await leaveFor(await place, { action, qrCodeId, startedBy, ...partOf });
  });
  decideHandOver(decided);
  const account = await unasked;
  if (account) {
    await closePopup(popup);
    return cancelUnasked(services, account, { qrCodeId, startedBy }, await place);
  }
  await decided;
  if ((await place) === 'popup') await showPopup(popup);
}

function isTooLong(entry: Entry): boolean {
  return entry.kind === 'none' && entry.problem.code === 'too-many';
}

/** Hands a list over to the workbench, or says that it is too large for that. */
async function review(text: string): Promise<void> {
  const isLeft =
    fitsHandOver(text) &&
    (await openReviewOf(text).then(
      () => true,
      () => false,
    ));
  if (!isLeft) await notify(() => ({ title: t('noticeTooLarge'), message: t('noticeTooLargeBody') }));
}

function noticeNoId(entry: Entry & { kind: 'none' }, selection: SelectedText, text: string): Promise<void> {
  return notify(() => ({
    title: t('noticeNoId'),
    message:
      entry.problem.code !== 'no-id' && entry.problem.code !== 'empty'
        ? idProblemText(entry.problem)
        : text.trim() === selection.text.trim()
          ? t('noticeNoIdBody')
          : t('noticePartOfWord', selection.text.trim().slice(0, 80), text.trim().slice(0, 80)),
  }));
}

/** Opens the popup on a text that holds no id for sure. */
async function offer(handOver: OfferHandOver, { place, popup }: Opened): Promise<void> {
  const left = Promise.resolve(place).then((page) => leaveFor(page, handOver));
  decideHandOver(left);
  await left;
  if ((await place) === 'popup') await showPopup(popup);
}

/** Opens the popup on what is left for it. */
export async function openPopupOn(handOver: CodeHandOver | OfferHandOver): Promise<void> {
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

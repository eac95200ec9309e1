import { type CodeHandOver, decideHandOver, type HandOverTo, leaveFor } from '../../utils/hand-over.ts';
import { t } from '../../utils/i18n.ts';
import { closePopup, openBrowserPopup, openReviewOf, showPopup } from '../../utils/open-page.ts';
import { placeFor } from '../../utils/panel.ts';
import { findQrCodeIds, listOf } from '../../utils/qr-code/find-ids.ts';
import { accountWithoutAsking, cancelUnasked } from './cancel-unasked.ts';
import { notify } from './notifications.ts';
import type { Services } from './services.ts';

export type Asked = Pick<CodeHandOver, 'action' | 'startedBy'>;

/** Where what was asked for is shown, and the popup where it had to be opened at once. */
interface Opened {
  place: HandOverTo | Promise<HandOverTo>;
  popup: Promise<boolean> | undefined;
}

/**
 * What the context menu and the keys do with a text selected in a window: one id is opened in its side panel or the
 * popup, several are looked through in the workbench, and where there is none that is said. `opened` is what had to
 * be opened before the text was known.
 */
export async function actOn(
  services: Services,
  { action, startedBy }: Asked,
  selection: string,
  windowId: number | undefined,
  opened?: Opened,
): Promise<void> {
  const found = findQrCodeIds(selection);
  const { ids, refused, tooMany } = found;
  const [qrCodeId] = ids;
  if (ids.length > 1 || tooMany) {
    await closePopup(opened?.popup);
    return openReviewOf(listOf(selection, found));
  }
  if (!qrCodeId) {
    await closePopup(opened?.popup);
    return notify(() => ({ title: t('noticeNoId'), message: t('noticeNoIdBody') }));
  }
  const { place, popup } = opened ?? openEarly(windowId);
  // Beside a damaged id it can't be told for sure which one was meant: then the question comes in any case.
  const sure = action === 'cancel' && refused.length === 0;
  const unasked = sure ? accountWithoutAsking(services) : Promise.resolve(undefined);
  const decided = unasked.then(async (account) => {
    if (!account) await leaveFor(await place, { action, qrCodeId, startedBy });
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

/** Opens the popup on what is left for it. */
export async function openPopupOn(handOver: CodeHandOver): Promise<void> {
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

import { type CodeHandOver, decideHandOver, leaveFor } from '../../utils/hand-over.ts';
import { t } from '../../utils/i18n.ts';
import { closePopup, openBrowserPopup, openReviewOf, showPopup } from '../../utils/open-page.ts';
import { findQrCodeIds, listOf } from '../../utils/qr-code/find-ids.ts';
import { accountWithoutAsking, cancelUnasked } from './cancel-unasked.ts';
import { notify } from './notifications.ts';
import type { Services } from './services.ts';

export type Asked = Pick<CodeHandOver, 'action' | 'startedBy'>;

/**
 * What the context menu and the keys do with a selected text: one id is opened in the popup, several are looked
 * through in the workbench, and where there is none that is said. `opening` is the popup, where it had to be opened
 * before the text was known.
 */
export async function actOn(
  services: Services,
  { action, startedBy }: Asked,
  selection: string,
  opening?: Promise<boolean>,
): Promise<void> {
  const found = findQrCodeIds(selection);
  const { ids, refused, tooMany } = found;
  const [qrCodeId] = ids;
  if (ids.length > 1 || tooMany) {
    await closePopup(opening);
    return openReviewOf(listOf(selection, found));
  }
  if (!qrCodeId) {
    await closePopup(opening);
    return notify(() => ({ title: t('noticeNoId'), message: t('noticeNoIdBody') }));
  }
  const popup = opening ?? openEarly();
  // Beside a damaged id it can't be told for sure which one was meant: then the question comes in any case.
  const sure = action === 'cancel' && refused.length === 0;
  const unasked = sure ? accountWithoutAsking(services) : Promise.resolve(undefined);
  const decided = unasked.then(async (account) => {
    if (!account) await leaveFor('popup', { action, qrCodeId, startedBy });
  });
  decideHandOver(decided);
  const account = await unasked;
  if (account) {
    await closePopup(popup);
    return cancelUnasked(services, account, { qrCodeId, startedBy });
  }
  await decided;
  await showPopup(popup);
}

/** Opens the popup on what is left for it. */
export async function openPopupOn(handOver: CodeHandOver): Promise<void> {
  const popup = openEarly();
  const left = leaveFor('popup', handOver);
  decideHandOver(left);
  await left;
  await showPopup(popup);
}

/** Firefox opens a popup only while it still holds the click or the key, before anything is awaited. */
export function openEarly(): Promise<boolean> | undefined {
  return import.meta.env.FIREFOX ? openBrowserPopup() : undefined;
}

import { browser } from 'wxt/browser';
import { decideHandOver, leaveFor } from '../../utils/hand-over.ts';
import { t } from '../../utils/i18n.ts';
import { openBrowserPopup, openReviewOf, showPopup } from '../../utils/open-page.ts';
import { findQrCodeIds, listOf } from '../../utils/qr-code/find-ids.ts';
import { accountWithoutAsking, cancelUnasked } from './cancel-unasked.ts';
import { notify } from './notifications.ts';
import type { Services } from './services.ts';

const ACTIONS: Readonly<Record<string, 'check' | 'cancel'>> = {
  'check-status': 'check',
  'cancel-qr-code': 'cancel',
};

export function registerMenus(services: Services): void {
  void putMenuItem('check-status', t('menuCheckStatus'));
  void putMenuItem('cancel-qr-code', t('menuCancelQrCode'));
  browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText = '' }) => {
    const action = ACTIONS[menuItemId];
    if (action) void act(services, action, selectionText);
  });
}

async function act(services: Services, action: 'check' | 'cancel', selection: string): Promise<void> {
  const found = findQrCodeIds(selection);
  const { ids, refused, tooMany } = found;
  if (ids.length > 1 || tooMany) return openReviewOf(listOf(selection, found));
  const [qrCodeId] = ids;
  if (!qrCodeId) return notify({ title: t('noticeNoId'), message: t('noticeNoIdBody') });
  // Firefox opens a popup only while it still holds the click, before anything is awaited.
  const opening = import.meta.env.FIREFOX ? openBrowserPopup() : undefined;
  // Beside a damaged id it can't be told for sure which one was meant: then the question comes in any case.
  const sure = action === 'cancel' && refused.length === 0;
  const unasked = sure ? accountWithoutAsking(services) : Promise.resolve(undefined);
  const decided = unasked.then(async (account) => {
    if (!account) await leaveFor('popup', { action, qrCodeId });
  });
  decideHandOver(decided);
  const account = await unasked;
  if (account) return cancelUnasked(services, account, qrCodeId);
  await decided;
  await showPopup(opening);
}

/** Makes a menu item what it should be, whether or not an earlier start has made it already. */
async function putMenuItem(id: string, title: string): Promise<void> {
  const item = { title, contexts: ['selection'] satisfies ['selection'] };
  try {
    await browser.contextMenus.update(id, item);
  } catch {
    browser.contextMenus.create({ id, ...item }, () => void browser.runtime.lastError);
  }
}

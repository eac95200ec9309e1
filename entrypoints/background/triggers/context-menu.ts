import { browser } from 'wxt/browser';
import { isCut, readMenuSelection } from '../../../utils/browser/selection.ts';
import { t } from '../../../utils/i18n/i18n.ts';
import { closePopup } from '../../../utils/navigation/open-page.ts';
import { holdPendingActions } from '../../../utils/navigation/pending-action.ts';
import { glanceAt } from '../../../utils/qr-code-id/glance.ts';
import { notify } from '../browser/notifications.ts';
import { languageReady } from '../browser/worker-language.ts';
import type { Services } from '../services.ts';
import { handleSelection, openPopupEarly, type SelectionCommand } from './selection-action.ts';

const ACTIONS: Readonly<Record<string, 'check' | 'cancel'>> = {
  'check-status': 'check',
  'cancel-qr-code': 'cancel',
};

export function registerMenus(services: Services): void {
  void updateContextMenu();
  browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText = '' }, tab) => {
    const action = ACTIONS[menuItemId];
    if (action) void actOnMenu(services, { action, startedBy: 'menu' }, selectionText, tab);
  });
}

/**
 * Runs a menu command. The browser passes the selection without its surroundings, and Firefox truncates it, so the page is
 * read too if the browser permits. A truncated selection on an unreadable page is rejected.
 */
async function actOnMenu(
  services: Services,
  command: SelectionCommand,
  selected: string,
  tab: { id?: number | undefined; windowId?: number | undefined } | undefined,
): Promise<void> {
  const reading = readMenuSelection(tab?.id, selected, isCut(selected));
  // Decided before the page is read: several ids or none do not need the popup.
  const opened = glanceAt(selected) === 'one' ? openPopupEarly(tab?.windowId) : undefined;
  const acting = reading.then(async (read) => {
    const selection = read
      ? { ...read, isRead: true }
      : { text: selected, before: '', after: '', isRead: false };
    if (read || !isCut(selected)) return handleSelection(services, command, selection, tab?.windowId, opened);
    await closePopup(opened?.popup);
    return notify(() => ({ title: t('noticeCut'), message: t('noticeCutBody') }));
  });
  // An open popup looks for its pending action before the page has been read, so it has to wait.
  holdPendingActions(acting);
  return acting;
}

/** Creates or updates the context menu in the current language. */
export async function updateContextMenu(): Promise<void> {
  await languageReady();
  await Promise.all([
    upsertMenuItem('check-status', t('menuCheckStatus')),
    upsertMenuItem('cancel-qr-code', t('menuCancelQrCode')),
  ]);
}

/** Updates a menu item, or creates it if no earlier start did. */
async function upsertMenuItem(id: string, title: string): Promise<void> {
  const item = { title, contexts: ['selection'] satisfies ['selection'] };
  try {
    await browser.contextMenus.update(id, item);
  } catch {
    browser.contextMenus.create({ id, ...item }, () => void browser.runtime.lastError);
  }
}

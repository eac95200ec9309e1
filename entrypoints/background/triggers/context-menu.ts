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
 * The browser gives the selection without what stands around it, and Firefox only its beginning: the page is read too,
 * where it lets itself be read. A selection that was cut and can't be read is not used.
 */
async function actOnMenu(
  services: Services,
  asked: SelectionCommand,
  shown: string,
  tab: { id?: number | undefined; windowId?: number | undefined } | undefined,
): Promise<void> {
  const reading = readMenuSelection(tab?.id, shown, isCut(shown));
  // Known before the page has been read: several ids need no popup, and none opens one for nothing.
  const opened = glanceAt(shown) === 'one' ? openPopupEarly(tab?.windowId) : undefined;
  const acting = reading.then(async (read) => {
    if (read) return handleSelection(services, asked, { ...read, isRead: true }, tab?.windowId, opened);
    if (!isCut(shown))
      return handleSelection(
        services,
        asked,
        { text: shown, before: '', after: '', isRead: false },
        tab?.windowId,
        opened,
      );
    await closePopup(opened?.popup);
    return notify(() => ({ title: t('noticeCut'), message: t('noticeCutBody') }));
  });
  // A popup that is open already looks for what was left before the page has been read.
  holdPendingActions(acting);
  return acting;
}

/** Makes the menu what it should be, in the language that is chosen now. */
export async function updateContextMenu(): Promise<void> {
  await languageReady();
  await Promise.all([
    upsertMenuItem('check-status', t('menuCheckStatus')),
    upsertMenuItem('cancel-qr-code', t('menuCancelQrCode')),
  ]);
}

/** Makes a menu item what it should be, whether or not an earlier start has made it already. */
async function upsertMenuItem(id: string, title: string): Promise<void> {
  const item = { title, contexts: ['selection'] satisfies ['selection'] };
  try {
    await browser.contextMenus.update(id, item);
  } catch {
    browser.contextMenus.create({ id, ...item }, () => void browser.runtime.lastError);
  }
}

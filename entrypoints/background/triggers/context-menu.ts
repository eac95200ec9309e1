import { browser } from 'wxt/browser';
import { isCut, readMenuSelection } from '../../../utils/browser/selection.ts';
import { textKey } from '../../../utils/browser/text-key.ts';
import { t } from '../../../utils/i18n/i18n.ts';
import { closePopup, showPopup } from '../../../utils/navigation/open-page.ts';
import { holdPendingActions, postPendingAction } from '../../../utils/navigation/pending-action.ts';
import { glanceAt } from '../../../utils/qr-code-id/glance.ts';
import { notify } from '../browser/show-notification.ts';
import type { LoadServices } from '../load-services.ts';
import { FIND_BY_PICTURE } from './menu-items.ts';
import { handleSelection, openPopupEarly, type SelectionCommand } from './selection-action.ts';

const ACTIONS: Readonly<Record<string, 'check' | 'cancel'>> = {
  'check-status': 'check',
  'cancel-qr-code': 'cancel',
};

interface MenuTab {
  id?: number | undefined;
  windowId?: number | undefined;
}

/** What the browser says of a click on a page or an image. */
interface PictureClick {
  srcUrl?: string | undefined;
  frameId?: number | undefined;
  frameUrl?: string | undefined;
}

export function registerMenus(loadServices: LoadServices): void {
  browser.contextMenus.onClicked.addListener((click, tab) => {
    const { menuItemId, selectionText = '' } = click;
    const action = ACTIONS[menuItemId];
    if (action) void actOnMenu(loadServices, { action, startedBy: 'menu' }, selectionText, tab);
    if (menuItemId === FIND_BY_PICTURE) void findByPicture(click, tab);
  });
}

/** Opens the popup or the side panel, which captures the page: the click allows it to. Keys stand for addresses. */
async function findByPicture({ srcUrl, frameId = 0, frameUrl }: PictureClick, tab?: MenuTab): Promise<void> {
  if (tab?.id === undefined || tab.windowId === undefined) return;
  const { place, popup } = openPopupEarly(tab.windowId);
  const image = {
    ...{ tabId: tab.id, windowId: tab.windowId, frameId },
    frameKey: frameUrl === undefined ? null : textKey(frameUrl),
    imageKey: srcUrl ? textKey(srcUrl) : null,
  };
  const posted = Promise.resolve(place).then((surface) =>
    postPendingAction(surface, { action: 'find', image }),
  );
  holdPendingActions(posted);
  await posted;
  if ((await place) === 'popup') await showPopup(popup);
}

/**
 * Runs a menu command. The browser passes the selection without its surroundings, and Firefox truncates it, so the page is
 * read too if the browser permits. A truncated selection on an unreadable page is rejected.
 */
async function actOnMenu(
  loadServices: LoadServices,
  command: SelectionCommand,
  selected: string,
  tab: MenuTab | undefined,
): Promise<void> {
  const reading = readMenuSelection(tab?.id, selected, isCut(selected));
  // Decided before the page is read: several ids or none do not need the popup.
  const opened = glanceAt(selected) === 'one' ? openPopupEarly(tab?.windowId) : undefined;
  const acting = reading.then(async (read) => {
    const selection = read
      ? { ...read, isRead: true }
      : { text: selected, before: '', after: '', isRead: false };
    if (read || !isCut(selected))
      return handleSelection(loadServices, command, selection, tab?.windowId, opened);
    await closePopup(opened?.popup);
    return notify(() => ({ title: t('noticeCut'), message: t('noticeCutBody') }));
  });
  // An open popup looks for its pending action before the page has been read, so it has to wait.
  holdPendingActions(acting);
  return acting;
}

import { browser } from 'wxt/browser';
import { t } from '../../utils/i18n.ts';
import { actOn } from './act-on.ts';
import { chosenLanguage } from './language.ts';
import type { Services } from './services.ts';

const ACTIONS: Readonly<Record<string, 'check' | 'cancel'>> = {
  'check-status': 'check',
  'cancel-qr-code': 'cancel',
};

export function registerMenus(services: Services): void {
  void putMenu();
  browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText = '' }, tab) => {
    const action = ACTIONS[menuItemId];
    if (action) void actOn(services, { action, startedBy: 'menu' }, selectionText, tab?.windowId);
  });
}

/** Makes the menu what it should be, in the language that is chosen now. */
export async function putMenu(): Promise<void> {
  await chosenLanguage();
  await Promise.all([
    putMenuItem('check-status', t('menuCheckStatus')),
    putMenuItem('cancel-qr-code', t('menuCancelQrCode')),
  ]);
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

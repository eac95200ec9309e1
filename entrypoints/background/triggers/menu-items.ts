import { browser } from 'wxt/browser';
import { t } from '../../../utils/i18n/i18n.ts';
import { languageReady } from '../browser/worker-language.ts';

export const FIND_BY_PICTURE = 'find-by-picture';
/** Also pages, frames and links: a picture may be their background. Chromium shows no such item on a canvas. */
const PICTURE_CONTEXTS = ['image', 'video', 'page', 'frame', 'link'] as const;

/** Creates or updates the context menu in the current language. */
export async function updateContextMenu(): Promise<void> {
  await languageReady();
  await Promise.all([
    upsertMenuItem('check-status', t('menuCheckStatus')),
    upsertMenuItem('cancel-qr-code', t('menuCancelQrCode')),
    upsertMenuItem(FIND_BY_PICTURE, t('findMenu'), [...PICTURE_CONTEXTS]),
  ]);
}

/** Updates a menu item, or creates it if no earlier start did. */
async function upsertMenuItem(
  id: string,
  title: string,
  contexts: ('selection' | (typeof PICTURE_CONTEXTS)[number])[] = ['selection'],
): Promise<void> {
  const item = { title, contexts: contexts as ['selection'] };
  try {
    await browser.contextMenus.update(id, item);
  } catch {
    browser.contextMenus.create({ id, ...item }, () => void browser.runtime.lastError);
  }
}

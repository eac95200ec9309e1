import { browser } from 'wxt/browser';
import type { NotificationContent } from '../../../utils/wording/notice.ts';
import { attemptNotification } from './notification-ids.ts';
import { languageReady } from './worker-language.ts';

/** Shows a notification. Its text is created once the language is loaded. */
export async function notify(notice: () => NotificationContent, attemptId?: number): Promise<void> {
  await showNotification(notice, attemptId === undefined ? undefined : attemptNotification(attemptId));
}

/** The same, under an id: a later notification with this id replaces it. */
export async function showNotification(notice: () => NotificationContent, id?: string): Promise<void> {
  await languageReady();
  const { title, message } = notice();
  const iconUrl = browser.runtime.getURL('/icon/128.png');
  const options = { type: 'basic' as const, iconUrl, title, message };
  await (id === undefined
    ? browser.notifications.create(options)
    : browser.notifications.create(id, options));
}

import { browser } from 'wxt/browser';
import { openWorkbench } from '../../../utils/navigation/open-page.ts';
import { attemptOf, BULK_NOTIFICATION, isPlannedNotification } from './notification-ids.ts';

/**
 * Opens the attempt if its notification is clicked. The notification's id contains the attempt's id, so a click also works
 * after a restart of the worker.
 */
export function registerNotificationClicks(): void {
  browser.notifications.onClicked.addListener((notificationId) => {
    void browser.notifications.clear(notificationId);
    if (notificationId === BULK_NOTIFICATION || isPlannedNotification(notificationId))
      return void openWorkbench('bulk');
    void openWorkbench('history', attemptOf(notificationId));
  });
}

import { browser } from 'wxt/browser';
import type { Counts } from '../../../utils/bulk/job-counts.ts';
import type { ConnectedPages } from '../../../utils/messaging/page-ports.ts';
import type { AccountRef } from '../../../utils/model/account.ts';
import type { AttemptRequest } from '../../../utils/model/attempt.ts';
import type { Job } from '../../../utils/model/job.ts';
import { type Item, isFinalItem } from '../../../utils/model/job-item.ts';
import { openWorkbench } from '../../../utils/navigation/open-page.ts';
import type { CancelResult } from '../../../utils/qr-code/cancel.ts';
import type { CheckResult } from '../../../utils/qr-code/check.ts';
import { readSettings } from '../../../utils/settings/settings.ts';
import {
  bulkNotice,
  cancelNotice,
  checkNotice,
  type NotificationContent,
  plannedNotice,
} from '../../../utils/wording/notice.ts';
import { languageReady } from './worker-language.ts';

const BULK = 'bulk';
const PLANNED = 'planned-';
const ATTEMPT_ID = /^attempt-(\d+)$/;

/** Opens the attempt if its notification is clicked. The notification's id contains the attempt's id, so a click also works after a restart of the worker. */
export function registerNotificationClicks(): void {
  browser.notifications.onClicked.addListener((notificationId) => {
    const attemptId = ATTEMPT_ID.exec(notificationId)?.[1];
    void browser.notifications.clear(notificationId);
    if (notificationId === BULK || notificationId.startsWith(PLANNED)) return void openWorkbench('bulk');
    void openWorkbench('history', attemptId === undefined ? undefined : Number(attemptId));
  });
}

export async function notifyCancelled(
  presence: ConnectedPages,
  account: AccountRef,
  { qrCodeId, startedBy }: AttemptRequest,
  { outcome, attemptId }: CancelResult,
): Promise<void> {
  const { notifications } = await readSettings();
  if (notifications === 'none' || (notifications === 'off-screen' && isOnScreen(presence, startedBy))) return;
  await notify(() => cancelNotice(outcome, qrCodeId, account), attemptId);
}

export async function notifyChecked(
  presence: ConnectedPages,
  account: AccountRef,
  { qrCodeId, startedBy }: AttemptRequest,
  { result, attemptId }: CheckResult,
): Promise<void> {
  if (isOnScreen(presence, startedBy) || (await readSettings()).notifications === 'none') return;
  await notify(() => checkNotice(result, qrCodeId, account), attemptId);
}

/** Whether an open page shows the result. An open popup also shows the results of actions from the menu. */
function isOnScreen(presence: ConnectedPages, startedBy: AttemptRequest['startedBy']): boolean {
  return presence.has(startedBy === 'workbench' ? 'workbench' : 'popup');
}

/** Shows one notification for a finished job. `only`: the code of a job that was one cancel to the operator. */
export async function notifyBulkOver(
  isOnScreen: () => boolean,
  job: Job,
  counts: Counts,
  only?: Item,
): Promise<void> {
  const { notifications } = await readSettings();
  if (notifications === 'none' || (notifications === 'off-screen' && isOnScreen())) return;
  const outcome = only && isFinalItem(only.state) ? only.state : undefined;
  if (only && outcome) await notify(() => cancelNotice(outcome, only.qrCodeId, job.account));
  else await show(() => bulkNotice(job, counts), BULK);
}

/** Shows the notification of a planned job that can't go on by itself. A later one of the same job replaces it. */
export async function notifyPlanned(isOnScreen: () => boolean, job: Job): Promise<void> {
  const { notifications } = await readSettings();
  if (notifications === 'none' || (notifications === 'off-screen' && isOnScreen())) return;
  await show(() => plannedNotice(job), `${PLANNED}${job.jobId}`);
}

/** Shows a notification. Its text is created once the language is loaded. */
export async function notify(notice: () => NotificationContent, attemptId?: number): Promise<void> {
  await show(notice, attemptId === undefined ? undefined : `attempt-${attemptId}`);
}

async function show(notice: () => NotificationContent, id?: string): Promise<void> {
  await languageReady();
  const { title, message } = notice();
  const iconUrl = browser.runtime.getURL('/icon/128.png');
  const options = { type: 'basic' as const, iconUrl, title, message };
  await (id === undefined
    ? browser.notifications.create(options)
    : browser.notifications.create(id, options));
}

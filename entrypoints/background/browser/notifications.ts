import type { Counts } from '../../../utils/bulk/job-counts.ts';
import type { ConnectedPages } from '../../../utils/messaging/page-ports.ts';
import type { AccountRef } from '../../../utils/model/account.ts';
import type { AttemptRequest } from '../../../utils/model/attempt.ts';
import type { Job } from '../../../utils/model/job.ts';
import { type Item, isFinalItem } from '../../../utils/model/job-item.ts';
import type { CancelResult } from '../../../utils/qr-code/cancel.ts';
import type { CheckResult } from '../../../utils/qr-code/check.ts';
import { readSettings } from '../../../utils/settings/settings.ts';
import { bulkNotice, cancelNotice, checkNotice, plannedNotice } from '../../../utils/wording/notice.ts';
import { BULK_NOTIFICATION, plannedNotification } from './notification-ids.ts';
import { notify, showNotification } from './show-notification.ts';

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
  else await showNotification(() => bulkNotice(job, counts), BULK_NOTIFICATION);
}

/** Shows the notification of a planned job that can't go on by itself. A later one of the same job replaces it. */
export async function notifyPlanned(isOnScreen: () => boolean, job: Job): Promise<void> {
  const { notifications } = await readSettings();
  if (notifications === 'none' || (notifications === 'off-screen' && isOnScreen())) return;
  await showNotification(() => plannedNotice(job), plannedNotification(job.jobId));
}

import type { Counts } from '../bulk/job-counts.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import { plural, t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { type Job, type JobNotice, noticeOf } from '../model/job.ts';
import type { Outcome } from '../model/outcome.ts';
import { jobParts, SEPARATOR } from './bulk.ts';
import { outcomeTitle } from './outcome-title.ts';
import { wallTimeText } from './wall-time.ts';

/**
 * A notification: the result, the id and the account. It contains no customer data, since a locked screen may show it. A
 * click opens the details.
 */
export interface NotificationContent {
  title: string;
  message: string;
}

export function cancelNotice(outcome: Outcome, qrCodeId: string, account: AccountRef): NotificationContent {
  return { title: outcomeTitle(outcome), message: subjectText(qrCodeId, account) };
}

export function checkNotice(
  result: GatewayResult<QrCode>,
  qrCodeId: string,
  account: AccountRef,
): NotificationContent {
  const title = result.kind === 'answered' ? checkTitle(result.payload.status) : t('checkFailed');
  return { title, message: subjectText(qrCodeId, account) };
}

/** The notification at the end of a job: its counts and its account. */
export function bulkNotice(job: Job, counts: Counts): NotificationContent {
  const title = job.state.kind === 'ended' ? t('noticeBulkEnded') : t('noticeBulkFinished');
  const { name, environment } = job.account;
  return {
    title,
    message: t(
      'noticeBulkBody',
      jobParts({ job, counts, done: job.total }).join(SEPARATOR),
      name,
      environment,
    ),
  };
}

/** The notification of a planned job that can't go on by itself: the reason, its codes, its time and its account. */
export function plannedNotice(job: Job): NotificationContent {
  const { account, planned, total } = job;
  const { name, environment } = account;
  const notice = noticeOf(job);
  const body = plural('noticePlanned', total, wallTimeText(planned?.wall ?? ''), name, environment);
  const reason = notice === undefined ? undefined : refusalText(notice, account);
  return { title: plannedTitle(notice), message: reason ? `${body}. ${reason}` : body };
}

function plannedTitle(notice: JobNotice | undefined): string {
  if (notice === 'waits:unlock') return t('noticePlannedUnlock');
  if (notice === 'waits:other-job') return t('noticePlannedOtherJob');
  if (notice === 'overdue:late') return t('noticePlannedLate');
  return notice?.startsWith('paused') ? t('noticePlannedPaused') : t('jobOverdue');
}

function refusalText(notice: JobNotice, { name, environment }: AccountRef): string | undefined {
  switch (notice) {
    case 'overdue:no-account':
      return t('startNoAccount', name, environment);
    case 'overdue:no-reason':
      return t('reasonMissing');
    case 'overdue:forbidden':
    case 'overdue:too-many':
      return t('reasonForbidden', name, environment);
    case 'paused:locked':
      return t('reasonLocked');
    case 'paused:sign-in':
      return t('reasonKeysRefused', name, environment);
    case 'paused:account':
      return t('pausedAccount', name, environment);
    default:
      return undefined;
  }
}

/** Longer than any status that is a word. A longer status is cut. */
const MAX_STATUS_LENGTH = 40;

function checkTitle(status = t('statusUnknown')): string {
  if (status === 'ACTIVE') return t('noticeActive');
  if (status === 'CANCELLED') return t('noticeCancelled');
  return t('noticeOther', status.slice(0, MAX_STATUS_LENGTH));
}

function subjectText(qrCodeId: string, { name, environment }: AccountRef): string {
  return t('noticeBody', qrCodeId, name, environment);
}

import type { Counts } from '../bulk/job-counts.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Job } from '../model/job.ts';
import type { Outcome } from '../model/outcome.ts';
import { jobParts, SEPARATOR } from './bulk.ts';
import { outcomeTitle } from './outcome-title.ts';

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

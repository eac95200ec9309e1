import type { GatewayAnswer } from '../enkash/errors.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import { t } from '../i18n.ts';
import type { Outcome } from '../qr-code/outcome.ts';
import { failedCheckReport } from './check.ts';
import type { AccountNamed } from './gateway.ts';
import { outcomeReport } from './outcome.ts';
import { literal } from './qr-code.ts';

export interface Notice {
  title: string;
  message: string;
}

/** A cancel's outcome as a notification: the id, the account and why, but nothing of the customer. */
export function cancelNotice(outcome: Outcome, qrCodeId: string, account: AccountNamed): Notice {
  const { title, sentences } = outcomeReport(outcome, account);
  return { title, message: [subject(qrCodeId, account), ...sentences].join('\n') };
}

/** A check's result as a notification. */
export function checkNotice(result: GatewayAnswer<QrCode>, qrCodeId: string, account: AccountNamed): Notice {
  const about = subject(qrCodeId, account);
  if (result.kind !== 'answered') {
    const { title, sentences } = failedCheckReport(result, account);
    return { title, message: [about, ...sentences].join('\n') };
  }
  return { title: checkTitle(result.payload.status), message: about };
}

function checkTitle(status: string | undefined): string {
  if (status === 'ACTIVE') return t('noticeActive');
  if (status === 'CANCELLED') return t('noticeCancelled');
  return t('noticeOther', literal(status ?? t('statusUnknown')));
}

function subject(qrCodeId: string, { name, environment }: AccountNamed): string {
  return t('noticeBody', qrCodeId, name, environment);
}

import type { GatewayAnswer } from '../enkash/errors.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { Environment } from '../environment.ts';
import { t } from '../i18n.ts';
import type { Outcome } from '../qr-code/outcome.ts';
import { outcomeTitle } from './outcome-title.ts';

/**
 * A notification: how it ended, and for which code and account. Nothing of the customer, and no more, since
 * a locked screen may show it; a click leads to the rest.
 */
export interface Notice {
  title: string;
  message: string;
}

interface AccountNamed {
  name: string;
  environment: Environment;
}

export function cancelNotice(outcome: Outcome, qrCodeId: string, account: AccountNamed): Notice {
  return { title: outcomeTitle(outcome), message: subject(qrCodeId, account) };
}

export function checkNotice(result: GatewayAnswer<QrCode>, qrCodeId: string, account: AccountNamed): Notice {
  const title = result.kind === 'answered' ? checkTitle(result.payload.status) : t('checkFailed');
  return { title, message: subject(qrCodeId, account) };
}

/** Longer than any status that is a word; what is longer is cut. */
const MAX_STATUS_LENGTH = 40;

function checkTitle(status = t('statusUnknown')): string {
  if (status === 'ACTIVE') return t('noticeActive');
  if (status === 'CANCELLED') return t('noticeCancelled');
  return t('noticeOther', status.slice(0, MAX_STATUS_LENGTH));
}

function subject(qrCodeId: string, { name, environment }: AccountNamed): string {
  return t('noticeBody', qrCodeId, name, environment);
}

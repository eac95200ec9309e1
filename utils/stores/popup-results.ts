import type { QrCode } from '../enkash/qr-code.ts';
import { memoizeByLocale, t } from '../i18n/i18n.ts';
import type { AccountView } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';
import { failedCheckReport } from '../wording/check.ts';
import { statusLine } from '../wording/code-fields.ts';
import { outcomeReport } from '../wording/outcome.ts';
import type { Report } from '../wording/report.ts';
import type { Localized } from './localized.ts';

/** The result of a read: the code, or the reason why the read failed. */
export function readResult(qrCodeId: string, account: AccountView, read: GatewayResult<QrCode>) {
  const subject = { qrCodeId, account };
  return read.kind === 'answered'
    ? { about: subject, qrCode: read.payload, statusLine: () => statusLine(read.payload), report: undefined }
    : { about: subject, report: memoizeByLocale(() => failedCheckReport(read, account)) };
}

/** The result of a cancel of the current account. */
export function outcomeResult(outcome: Outcome, account: AccountView, qrCode: QrCode | undefined) {
  const report = memoizeByLocale(() => outcomeReport(outcome, account));
  return { qrCode, statusLine: outcomeStatusLine(outcome, report), report };
}

/** The result of a cancel whose account is no longer current. It offers no check: that would use the other account. */
export function resultForOtherAccount(
  own: Localized<Report>,
  qrCodeId: string,
  { name, environment }: AccountView,
) {
  const report = memoizeByLocale((): Report => {
    const sentences = [t('noticeBody', qrCodeId, name, environment), ...own().sentences];
    return { ...own(), sentences, offerCheck: false };
  });
  const { tone } = report();
  return {
    report,
    statusLine: tone === 'success' || tone === 'neutral' ? () => report().title : undefined,
  };
}

/** The status line of a cancel without an error. An error is an alert, which screen readers announce by itself. */
function outcomeStatusLine(outcome: Outcome, report: Localized<Report>): Localized<string> | undefined {
  if (outcome.kind === 'cancelled') return () => t('statusCancelled');
  return outcome.kind === 'already-cancelled' ? () => report().title : undefined;
}

/** The report for a cancel of a code that a read showed as CANCELLED. */
export function alreadyCancelled(): Report {
  return { tone: 'neutral', title: t('alreadyCancelledNothing'), sentences: [] };
}

/** The background did not answer a read. A read changes nothing, whatever its outcome. */
export function noResponseReport(): Report {
  return { tone: 'danger', title: t('checkFailed'), sentences: [t('loadFailedText')] };
}

/** Neither the background nor its successor answered a cancel. */
export function unknownOutcomeReport(): Report {
  const sentences = [t('unclearInterrupted'), t('mayBeCancelled'), t('nextCheckAgain')];
  return { tone: 'warning', title: t('outcomeUnconfirmed'), sentences, offerCheck: true };
}

import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  gatewayMessage,
  isFixableInSettings,
  nextStepAfterNotSent,
  notSentText,
  unclearText,
} from './gateway.ts';
import { outcomeTitle } from './outcome-title.ts';
import { escapeInvisibles } from './qr-code.ts';
import type { Report } from './report.ts';
import { timeOfDay } from './time-of-day.ts';

/** The report of a cancel's outcome. `sendCount`: how often it was sent; a job may send it again. */
export function outcomeReport(outcome: Outcome, account: AccountRef, sendCount = 1): Report {
  switch (outcome.kind) {
    case 'cancelled':
      return {
        tone: 'success',
        title: outcomeTitle(outcome),
        sentences: [
          outcome.evidence === 'response' ? t('outcomeCancelledResponse') : t('outcomeCancelledCheck'),
        ],
      };
    case 'already-cancelled':
      return {
        tone: 'neutral',
        title: outcomeTitle(outcome),
        sentences: [
          t('outcomeAlreadyText'),
          t('outcomeAlreadyChecked'),
          ...gatewayMessage(outcome.message, outcome.code),
        ],
      };
    case 'not-found':
      return notCancelled([
        t('notFound', account.name, account.environment),
        ...gatewayMessage(outcome.message),
        t('nextCheckAccount'),
      ]);
    case 'not-sent':
      return {
        ...notCancelled([
          ...notSentText(outcome, account),
          t('nothingChanged'),
          nextStepAfterNotSent(outcome.reason, outcome.until, outcome.journal),
        ]),
        offerSettings: isFixableInSettings(outcome.reason),
      };
    case 'rejected':
      return rejected(outcome, account);
    case 'unconfirmed':
      return unconfirmed(outcome, sendCount);
  }
}

function notCancelled(sentences: string[]): Report {
  return { tone: 'danger', title: t('outcomeNotCancelled'), sentences };
}

function rejected(outcome: Outcome & { kind: 'rejected' }, account: AccountRef): Report {
  const answer = gatewayMessage(outcome.message, outcome.code, outcome.httpStatus);
  if (outcome.cause === 'unauthorized') {
    const refusal = t('reasonKeysRefused', account.name, account.environment);
    return {
      ...notCancelled([refusal, ...answer, t('turnedAway'), t('nextCheckKeys')]),
      offerSettings: true,
    };
  }
  if (outcome.cause === 'sign-in-failed') {
    const { httpStatus, message } = outcome;
    const signInFailure = notSentText({ reason: 'auth-unavailable', httpStatus, message }, account);
    return notCancelled([...signInFailure, t('turnedAway'), nextStepAfterNotSent('auth-unavailable')]);
  }
  if (outcome.cause === 'rate-limited') {
    const until = timeOfDay(outcome.until ?? Date.now());
    return notCancelled([t('reasonAskedToWait', until), t('turnedAway'), t('nextWait', until)]);
  }
  const report: Report = {
    ...notCancelled([...answer, ...currentStatusText(outcome.currentStatus), t('nextReadAgain')]),
    title: outcomeTitle(outcome),
  };
  return outcome.currentStatus === undefined ? { ...report, offerCheck: true } : report;
}

function unconfirmed(outcome: Outcome & { kind: 'unconfirmed' }, sendCount: number): Report {
  const { reason, currentStatus } = outcome;
  const stillActive = currentStatus === 'ACTIVE';
  return {
    tone: 'warning',
    title: outcomeTitle(outcome),
    sentences: [
      ...(outcome.accountRemoved ? [t('unclearAccountRemoved')] : unclearText(outcome)),
      ...(currentStatus === undefined ? [t('mayBeCancelled')] : currentStatusText(currentStatus)),
      // EnKash's message, if there is one, belongs to a later request.
      ...(reason === 'interrupted' && !outcome.message && sendCount <= 1 ? [t('notSentAgain')] : []),
      ...(reason === 'another-id' ? [t('nextCheckOther')] : []),
      ...(outcome.accountRemoved
        ? [t('nextLookAtEnKash')]
        : [stillActive ? t('nextCancelAgain') : t('nextCheckAgain')]),
    ],
    offerCheck: !outcome.accountRemoved,
  };
}

function currentStatusText(status: string | undefined): string[] {
  if (status === undefined) return [t('notReadAfter')];
  if (status === 'ACTIVE') return [t('stillActive')];
  if (status === 'CANCELLED') return [t('checkSaysCancelled')];
  return [t('statusNowOther', escapeInvisibles(status))];
}

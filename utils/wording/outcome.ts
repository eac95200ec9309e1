import { t } from '../i18n/i18n.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  type AccountNamed,
  afterNotSent,
  mendedInSettings,
  notSentText,
  saidByEnKash,
  timeOfDay,
  unclearText,
} from './gateway.ts';
import { outcomeTitle } from './outcome-title.ts';
import { literal } from './qr-code.ts';
import type { Report } from './report.ts';

/** A cancel's outcome in words. */
export function outcomeReport(outcome: Outcome, account: AccountNamed): Report {
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
          ...saidByEnKash(outcome.message, outcome.code),
        ],
      };
    case 'not-found':
      return notCancelled([
        t('notFound', account.name, account.environment),
        ...saidByEnKash(outcome.message),
        t('nextCheckAccount'),
      ]);
    case 'not-sent':
      return {
        ...notCancelled([
          ...notSentText(outcome, account),
          t('nothingChanged'),
          afterNotSent(outcome.reason, outcome.until, outcome.journal),
        ]),
        offerSettings: mendedInSettings(outcome.reason),
      };
    case 'rejected':
      return rejected(outcome, account);
    case 'unconfirmed':
      return unconfirmed(outcome);
  }
}

function notCancelled(sentences: string[]): Report {
  return { tone: 'danger', title: t('outcomeNotCancelled'), sentences };
}

function rejected(outcome: Outcome & { kind: 'rejected' }, account: AccountNamed): Report {
  const said = saidByEnKash(outcome.message, outcome.code, outcome.httpStatus);
  if (outcome.because === 'keys-refused') {
    const why = t('reasonKeysRefused', account.name, account.environment);
    return { ...notCancelled([why, ...said, t('turnedAway'), t('nextCheckKeys')]), offerSettings: true };
  }
  if (outcome.because === 'sign-in-failed') {
    const { httpStatus, message } = outcome;
    const why = notSentText({ reason: 'sign-in-unavailable', httpStatus, message }, account);
    return notCancelled([...why, t('turnedAway'), afterNotSent('sign-in-unavailable')]);
  }
  if (outcome.because === 'rate-limited') {
    const until = timeOfDay(outcome.until ?? Date.now());
    return notCancelled([t('reasonAskedToWait', until), t('turnedAway'), t('nextWait', until)]);
  }
  const report: Report = {
    ...notCancelled([...said, ...statusAfter(outcome.statusNow), t('nextReadAgain')]),
    title: outcomeTitle(outcome),
  };
  return outcome.statusNow === undefined ? { ...report, offerCheck: true } : report;
}

function unconfirmed(outcome: Outcome & { kind: 'unconfirmed' }): Report {
  const { reason, statusNow } = outcome;
  const stillActive = statusNow === 'ACTIVE';
  return {
    tone: 'warning',
    title: outcomeTitle(outcome),
    sentences: [
      ...(outcome.accountRemoved ? [t('unclearAccountRemoved')] : unclearText(outcome)),
      ...(statusNow === undefined ? [t('mayBeCancelled')] : statusAfter(statusNow)),
      // EnKash's words are those on a later request.
      ...(reason === 'interrupted' && !outcome.message ? [t('notSentAgain')] : []),
      ...(reason === 'another-id' ? [t('nextCheckOther')] : []),
      ...(outcome.accountRemoved
        ? [t('nextLookAtEnKash')]
        : [stillActive ? t('nextCancelAgain') : t('nextCheckAgain')]),
    ],
    offerCheck: !outcome.accountRemoved,
  };
}

function statusAfter(statusNow: string | undefined): string[] {
  if (statusNow === undefined) return [t('notReadAfter')];
  if (statusNow === 'ACTIVE') return [t('stillActive')];
  if (statusNow === 'CANCELLED') return [t('checkSaysCancelled')];
  return [t('statusNowOther', literal(statusNow))];
}

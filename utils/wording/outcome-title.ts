import { t } from '../i18n/i18n.ts';
import type { Outcome } from '../model/outcome.ts';

/** The title of a cancel's outcome, for reports and notifications. */
export function outcomeTitle(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'cancelled':
      return t('outcomeCancelled');
    case 'already-cancelled':
      return t('outcomeAlready');
    case 'unconfirmed':
      return t('outcomeUnconfirmed');
    case 'rejected':
      // The browser may have sent the request twice, so only a read proves that the code is still active.
      return outcome.cause || outcome.currentStatus === 'ACTIVE'
        ? t('outcomeNotCancelled')
        : t('outcomeUnconfirmed');
    case 'not-found':
    case 'not-sent':
      return t('outcomeNotCancelled');
  }
}

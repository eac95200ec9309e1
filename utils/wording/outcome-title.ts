import { t } from '../i18n/i18n.ts';
import type { Outcome } from '../model/outcome.ts';

/** What became of a cancel, in the few words that head a report and a notification. */
export function outcomeTitle(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'cancelled':
      return t('outcomeCancelled');
    case 'already-cancelled':
      return t('outcomeAlready');
    case 'unconfirmed':
      return t('outcomeUnconfirmed');
    case 'rejected':
      // A browser may have sent the request twice: that it is still active is known by a read alone.
      return outcome.cause || outcome.currentStatus === 'ACTIVE'
        ? t('outcomeNotCancelled')
        : t('outcomeUnconfirmed');
    case 'not-found':
    case 'not-sent':
      return t('outcomeNotCancelled');
  }
}

import { t } from '../i18n/i18n.ts';
import { type Outcome, reportedKind } from '../model/outcome.ts';

/** The title of a cancel's outcome, for reports and notifications. */
export function outcomeTitle(outcome: Outcome): string {
  switch (reportedKind(outcome)) {
    case 'cancelled':
      return t('outcomeCancelled');
    case 'already-cancelled':
      return t('outcomeAlready');
    case 'unconfirmed':
      return t('outcomeUnconfirmed');
    case 'rejected':
    case 'not-found':
    case 'not-sent':
      return t('outcomeNotCancelled');
  }
}

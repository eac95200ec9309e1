import { t } from '../i18n.ts';
import type { Outcome } from '../qr-code/outcome.ts';

/** What became of a cancel, in the few words that head a report and a notification. */
export function outcomeTitle({ kind }: Outcome): string {
  switch (kind) {
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

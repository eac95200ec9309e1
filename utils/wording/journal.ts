import { t } from '../i18n/i18n.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';

/** The reason why the history on this computer can't be used, and what to do. */
export function journalText(trouble: JournalTrouble): string {
  switch (trouble) {
    case 'newer':
      return t('journalNewer');
    case 'full':
      return t('journalFull');
    case 'damaged':
      return t('journalDamaged');
    case 'blocked':
      return t('journalBlocked');
    case 'elsewhere':
      return t('journalElsewhere');
    case 'no-answer':
      return t('loadFailedText');
  }
}

/** A job that can't be read may still be running: nothing is known about what it sends. */
export function unreadableJobText(trouble: JournalTrouble): string {
  return `${t('jobUnreadable')} ${journalText(trouble)}`;
}

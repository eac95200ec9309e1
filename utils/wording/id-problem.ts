import { formatCount, plural, t } from '../i18n/i18n.ts';
import { MAX_IDS } from '../qr-code-id/max-ids.ts';
import type { EntryProblem } from '../qr-code-id/parse-entry.ts';
import { characterName } from './character-name.ts';

/** The reason why a text was rejected as an id, and what to do. */
export function idProblemText(problem: EntryProblem): string {
  switch (problem.code) {
    case 'empty':
      return t('idEmpty');
    case 'bad-character':
      return t('idBadCharacter', characterName(problem.character));
    case 'too-short':
      return plural('idTooShort', problem.length, formatCount(problem.limit));
    case 'too-long':
      return t('idTooLong', formatCount(problem.length), formatCount(problem.limit));
    case 'spreadsheet-number':
      return t('idSpreadsheet');
    case 'spreadsheet-date':
      return t('idSpreadsheetDate');
    case 'rounded':
      return t('idRounded');
    case 'broken':
      return t('idBroken');
    case 'cut-off':
      return t('idCutOff');
    case 'rich-text':
      return t('idRichText');
    case 'choose-column':
      return t('idChooseColumn');
    case 'link-without-id':
      return t('idLink');
    case 'no-id':
      return t('idNone');
    case 'too-many':
      return t('idTooMany', formatCount(MAX_IDS));
  }
}

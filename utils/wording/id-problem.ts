import { countText, plural, t } from '../i18n.ts';
import { MAX_IDS } from '../qr-code/find-ids.ts';
import type { IdProblem } from '../qr-code/id.ts';
import { characterName } from './character-name.ts';

/** Why a text was not taken as a qrCodeId, and what to do. */
export function idProblemText(problem: IdProblem | { code: 'too-many' }): string {
  switch (problem.code) {
    case 'empty':
      return t('idEmpty');
    case 'bad-character':
      return t('idBadCharacter', characterName(problem.character));
    case 'too-short':
      return plural('idTooShort', problem.length, countText(problem.limit));
    case 'too-long':
      return t('idTooLong', countText(problem.length), countText(problem.limit));
    case 'spreadsheet-number':
      return t('idSpreadsheet');
    case 'link-without-id':
      return t('idLink');
    case 'no-id':
      return t('idNone');
    case 'too-many':
      return t('idTooMany', countText(MAX_IDS));
  }
}

import { formatCount, t } from '../i18n/i18n.ts';
import type { MissingConfirmation } from '../review/typed-confirmation.ts';

/** What the typed confirmation still lacks. */
export function missingText(missing: MissingConfirmation, count: number): string {
  switch (missing.code) {
    case 'nothing':
    case 'word':
      return t('typeWordMissing');
    case 'number':
      return t('typeNumberMissing', formatCount(count));
    case 'other-number':
      return t('typeOtherNumber', missing.typed.slice(0, 20), formatCount(count));
  }
}

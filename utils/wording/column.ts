import { t } from '../i18n/i18n.ts';
import { escapeInvisibles } from './qr-code.ts';

/** The heading of a column, or its number if it has none. */
export function columnTitle(title: string, index: number): string {
  return title.trim() === '' ? t('columnUntitled', String(index + 1)) : escapeInvisibles(title);
}

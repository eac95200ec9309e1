import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { ParsedInput } from '../../utils/qr-code-id/parse-entry.ts';
import type { PopupState } from '../../utils/stores/popup-state.ts';
import { idNoteText } from '../../utils/wording/left-out.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';

export { leftOutText } from '../../utils/wording/left-out.ts';

/** The note about the text in the field; `undefined` if the usual hint suffices. */
export function hintOf(entry: ParsedInput | undefined, text: string): string | undefined {
  if (entry?.kind === 'several')
    return t(entry.caseVariants ? 'severalFoundCase' : 'severalFound', formatCount(entry.ids.length));
  if (entry?.kind === 'one' && entry.note) return `${t('idFound', entry.qrCodeId)} ${idNoteText(entry.note)}`;
  if (entry?.kind !== 'one' || entry.qrCodeId === text) return undefined;
  if (entry.occurrences > 1) return t('idFoundTwice', entry.qrCodeId, formatCount(entry.occurrences));
  return t('idFound', entry.qrCodeId);
}

/** The remark on an id found in a part of a word, or in a text that may mean something else. */
export function remarkOn({ partOf, note }: Pick<PopupState, 'partOf' | 'note'>): string | undefined {
  const sentences = [
    ...(partOf ? [t('selectedPart', escapeInvisibles(partOf.selected), escapeInvisibles(partOf.word))] : []),
    ...(note ? [idNoteText(note)] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

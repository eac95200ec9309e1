import { formatCount, plural, t } from '../i18n/i18n.ts';
import type { IdCounts, IdNote, LeftOutReason } from '../qr-code-id/reading.ts';
import { characterName } from './character-name.ts';
import { idProblemText } from './id-problem.ts';
import { escapeInvisibles } from './qr-code.ts';

/** Headings and labels may be sentences, so they are cut to this length. */
const MAX_LENGTH = 60;

/** The reason why a part of a text is not among the ids. */
export function leftOutText(reason: LeftOutReason): string {
  switch (reason.code) {
    case 'column':
      return t('leftOutColumn', shorten(reason.title));
    case 'label':
      return t('leftOutLabel', shorten(reason.label));
    case 'excluded':
      return t('leftOutExcluded', shorten(reason.text));
    case 'form':
      return t(reason.thing === 'address' ? 'leftOutAddress' : 'leftOutForm');
    case 'link':
      return t('leftOutLink', shorten(reason.host));
    case 'several-in-link':
      return t('leftOutSeveralInLink', shorten(reason.host));
    case 'several-in-cell':
      return t('leftOutSeveralInCell');
    case 'link-differs':
      return t('leftOutLinkDiffers');
    case 'number':
      return t('leftOutNumber');
    case 'above-heading':
      return t('leftOutAbove');
    case 'heading':
      return t('leftOutHeading');
    case 'total':
      return t('leftOutTotal');
    case 'no-value':
      return t('leftOutNoValue');
    case 'word':
      return t('leftOutWord');
    case 'comment':
      return t('leftOutComment');
    case 'odd-row':
      return t('leftOutOddRow');
    case 'hidden':
      return t('leftOutHidden');
    case 'formula':
      return t('leftOutFormula');
    case 'not-understood':
      return t('leftOutNotUnderstood');
    case 'problem':
      return idProblemText(reason.problem);
  }
}

/** A remark on an id that is in the list. */
export function idNoteText(note: IdNote): string {
  switch (note.code) {
    case 'mark':
      return t('noteMark', characterName(note.character));
    case 'decoration':
      return t('noteDecoration', shorten(note.text));
    case 'odd-row':
      return t('noteOddRow');
    case 'may-be-kept':
      return t('noteMayBeKept', shorten(note.text));
    case 'upi':
      return t('noteUpi');
  }
}

/** `12 IDs in the text · 9 in the list · 3 left out`. */
export function countParts({ inText, inList, leftOut }: IdCounts): string[] {
  return [
    plural('countInText', inText),
    t('countInList', formatCount(inList)),
    t('countLeftOut', formatCount(leftOut)),
  ];
}

function shorten(text: string): string {
  return escapeInvisibles(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
}

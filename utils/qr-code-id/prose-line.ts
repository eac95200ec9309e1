import { readHeading } from './heading.ts';
import { NO_VALUE, TOTAL_WORDS } from './heading-words.ts';
import type { Mention, PlacedMention } from './mention.ts';
import { isKnownNonIdFragment } from './non-id-patterns.ts';
import { isIdLike, isNoId, isStrongId, ownLabel, scanWord, type Word } from './word.ts';
import { type Label, labelBefore, labelReason, mayFollowLabel, NO_LABEL } from './word-label.ts';

/** `\s` matches a byte order mark, but inside an id it is an invisible character that makes the id invalid. */
const WORD = /(?:[^\s,;|^]|\ufeff)+/g;
const MAY_BE_ID = /[A-Za-z0-9]/;
const JSON_KEY = /["']:$/;
const BEFORE_ID = /^["'“‘([{<]+/;
const AFTER_ID = /["'”’)\]}>.:!?]+$/;

/** The context of a line. */
interface LineContext {
  line: number;
  /** Whether each line of the text is one word, so that an invalid one is a damaged ID. */
  isList: boolean;
  labelAbove: string | undefined;
}

/** Reads the words of a line. */
export function scanLine(content: string, context: LineContext): PlacedMention[] {
  const { line } = context;
  if (!MAY_BE_ID.test(content)) return [];
  const words = wordsOf(content);
  const items = words.filter(({ word }) => !/^(?:\(?\d{1,6}[.)]|[-–—•*·>]+)$/.test(word));
  const isOnlyWord = items.length === 1;
  const inSentence = items.some(({ word }) => /\p{L}{2}/u.test(word) && !/\d/.test(word));
  if (TOTAL_WORDS.test(content.trim()) && !words.some(({ word }) => isStrongId(word)))
    return [{ line, kind: 'left-out', text: content.trim(), isId: false, reason: { code: 'total' } }];
  return items.flatMap(({ word, at }) => {
    if (!MAY_BE_ID.test(word) || JSON_KEY.test(word)) return [];
    const span = {
      from: at + (BEFORE_ID.exec(word)?.[0].length ?? 0),
      to: at + word.length - (AFTER_ID.exec(word)?.[0].length ?? 0),
    };
    const read = readInLine(scanWord(word), { content, at, word, alone: isOnlyWord, inSentence, ...context });
    return read.map((mention) => ({ ...mention, span }));
  });
}

/** The words of a line. A line without spaces and IDs, such as `=cmd()|calc!A1`, is one word. */
function wordsOf(content: string): { word: string; at: number }[] {
  const words = Array.from(content.matchAll(WORD), ({ 0: word, index: at }) => ({ word, at }));
  const whole = content.trim();
  const isOne =
    words.length > 1 && !/\s/.test(whole) && !words.some(({ word }) => idsOf(scanWord(word)).length > 0);
  return isOne ? [{ word: whole, at: content.indexOf(whole) }] : words;
}

/** The context of a word. */
interface WordContext extends LineContext {
  content: string;
  at: number;
  word: string;
  alone: boolean;
  inSentence: boolean;
}

function readInLine(read: Word, context: WordContext): Mention[] {
  const { line, alone, inSentence, labelAbove } = context;
  if (read.kind === 'none') return [];
  if (alone && !/\d/.test(context.word) && readHeading(context.word)?.isExact)
    return [{ line, kind: 'left-out', text: context.word, isId: false, reason: { code: 'heading' } }];
  const isWeak = read.kind === 'id' && read.strength === 'weak';
  // The label of a weak word matters only if it ends right before the word.
  const label =
    isWeak && !mayFollowLabel(context.content, context.at)
      ? NO_LABEL
      : labelBefore(context.content, context.at);
  const other = label.other ?? (alone ? labelAbove : undefined);
  const ids = idsOf(read);
  if (other !== undefined && !isWeak && ids.length > 0)
    return ids.map((text) => ({
      line,
      kind: 'left-out',
      text,
      isId: true,
      reason: labelReason(other),
    }));
  switch (read.kind) {
    case 'id': {
      const { qrCodeId, strength, note, cut } = read;
      if (isWeak && (other !== undefined || isUnlikely(qrCodeId, alone)) && !label.id)
        return unlikely(read.qrCodeId, context);
      return [
        {
          line,
          kind: 'id',
          qrCodeId,
          strength,
          inSentence,
          alone,
          labelled: label.id,
          ...(note ? { note } : {}),
          ...(cut ? { cut } : {}),
        },
      ];
    }
    case 'ids':
      return read.qrCodeIds.map((qrCodeId) => ({
        line,
        kind: 'id',
        qrCodeId,
        strength: 'strong',
        inSentence,
        alone,
        labelled: label.id,
      }));
    case 'other':
      return read.texts.map((text) => ({ line, kind: 'left-out', text, isId: true, reason: read.reason }));
    case 'damaged':
      return damagedInLine(read, label, context);
  }
}

function idsOf(read: Word): string[] {
  if (read.kind === 'id') return [read.qrCodeId];
  return read.kind === 'ids' ? read.qrCodeIds : read.kind === 'other' ? read.texts : [];
}

function isUnlikely(word: string, alone: boolean): boolean {
  return !alone || isNoId(word);
}

/** Reports an unlikely word if it is alone in its line. Words in a sentence are ignored. */
function unlikely(text: string, { alone, line }: WordContext): Mention[] {
  return alone ? [{ line, kind: 'left-out', text, isId: false, reason: { code: 'word' } }] : [];
}

function damagedInLine(read: Word & { kind: 'damaged' }, label: Label, context: WordContext): Mention[] {
  const { line, alone, inSentence, isList } = context;
  const own = ownLabel(context.word);
  const inner = own === '' ? '' : context.word.slice(own.length);
  if (inner !== '' && own !== context.word) {
    const heading = readHeading(own.replace(/[^\p{L}\p{M}\p{N}]+$/u, ''));
    const value = scanWord(inner);
    const [id] = idsOf(value);
    if (id !== undefined && heading?.kind === 'other' && !(value.kind === 'id' && value.strength === 'weak'))
      return [
        { line, kind: 'left-out', text: id, isId: true, reason: { code: 'label', label: own.slice(0, -1) } },
      ];
    if (id !== undefined && heading && heading.kind !== 'other' && value.kind === 'id')
      return [
        { line, kind: 'id', qrCodeId: id, strength: value.strength, inSentence, alone, labelled: true },
      ];
  }
  if (label.other !== undefined) return [];
  const { text, problem, surely } = read;
  if (alone && NO_VALUE.test(text))
    return [{ line, kind: 'left-out', text, isId: false, reason: { code: 'no-value' } }];
  const shown = alone ? context.word : text;
  const isMeant =
    label.id || surely || (alone && (isIdLike(text) || (isList && !isKnownNonIdFragment(text))));
  return isMeant || alone ? [{ line, kind: 'refused', text: shown, problem, surely: isMeant }] : [];
}

import { excludedBelow, exclusionsOf, isJoin, isOpen, mayExclude, type Span } from './exclusions.ts';
import { readHeading } from './heading.ts';
import { NO_VALUE, TOTAL_WORDS } from './heading-words.ts';
import type { IdProblem } from './id.ts';
import { isKnownNonIdFragment } from './non-id-patterns.ts';
import type { TextLine } from './plain-text.ts';
import type { IdNote, LeftOutReason } from './reading.ts';
import { isIdLike, isNoId, isStrongId, ownLabel, type Strength, scanWord, type Word } from './word.ts';

/** The reading of a word in the context of its line. */
export type Mention = { line: number } & (
  | {
      kind: 'id';
      qrCodeId: string;
      strength: Strength;
      note?: IdNote;
      cut?: true;
      /** Whether the line has words without digits. */
      inSentence: boolean;
      /** Whether the line has no other word. */
      alone: boolean;
      labelled: boolean;
    }
  | { kind: 'refused'; text: string; problem: IdProblem; surely: boolean }
  | { kind: 'left-out'; text: string; isId: boolean; reason: LeftOutReason }
);

/** `\s` matches a byte order mark, but inside an id it is an invisible character that makes the id invalid. */
const WORD = /(?:[^\s,;|^]|\ufeff)+/g;
const MAY_BE_ID = /[A-Za-z0-9]/;
const JSON_KEY = /["']:$/;
/** The maximum distance from the beginning of a label to its word. */
const LABEL_REACH = 60;
const MAY_END_LABEL = /[:=#–—-]\s*["'“({[]?$/;
const LABEL_END = /([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}_.\- ]{0,39}?)["'”]?\s*(?:[:=#]|\s[-–—])\s*["'“({[]?$/u;
/** `UTR 426311884512`, `Order no ORD…`: a label without a colon. */
const BARE_LABEL =
  /(?:^|[\s,;(])((?:utr|rrn|txn|transaction|order|invoice|ticket|payment|refund|settlement|voucher|receipt|customer|gstin|pan|ifsc|awb|imei|aadhaar)(?:\s+(?:id|no|number|ref|reference)\.?)?)\s*#?\s*$/i;
/** Comment signs at the start of a line. */
const COMMENT = /^\s*(?:#|\/\/|--\s|;)\s*(?=[A-Za-z0-9"'])/;
const QUOTED_MAIL = /^(?:\s*>)+ ?/;

/** Reads lines word by word: lists, mails, chats, copied pages. */
export function readProse(lines: readonly TextLine[]): Mention[] {
  const mentions: Mention[] = [];
  const isCommented = commentTest(lines);
  const isList = lines.every(({ text }) => !/\S\s+\S/.test(text));
  const label = labelAbove();
  const carry = carriedExclusion();
  for (const { line, text, hidden } of lines) {
    // A shortcut for most lines of a long list. The full reading gives the same result.
    if (isStrongId(text) && !label.isSet() && !carry.isSet() && !hidden) {
      mentions.push({
        line,
        kind: 'id',
        qrCodeId: text,
        strength: 'strong',
        inSentence: false,
        alone: true,
        labelled: false,
      });
      continue;
    }
    const content = text.replace(QUOTED_MAIL, '');
    const read = scanLine(content, { line, isList, labelAbove: label.before(content) });
    const found = carry.apply(content, read);
    if (hidden || isCommented(content))
      mentions.push(...found.flatMap((each) => leftOutWith(each, { code: hidden ? 'hidden' : 'comment' })));
    else mentions.push(...found);
  }
  return mentions;
}

const BEFORE_ID = /^["'“‘([{<]+/;
const BEHIND_ID = /["'”’)\]}>.:!?]+$/;

/** A mention with the position of its word in the line. */
type Placed = Mention & { span?: Span };

/** Leaves out the IDs that a line, or the end of a previous line, says not to cancel. */
function carriedExclusion() {
  let carried: string | undefined;
  return {
    isSet: () => carried !== undefined,
    apply(content: string, mentions: readonly Placed[]): Mention[] {
      const isPlain = mentions.length > 0 && mentions.every((each) => each.kind === 'id' && each.alone);
      const isExcluded = mentions.some((each) => exclusionByLabel(each) !== undefined);
      if (carried === undefined && !isExcluded && (isPlain || !mayExclude(content)))
        return mentions.map(withoutSpan);
      const sure = mentions.filter((each) => isSure(each) && each.span);
      const placed = sure.filter(({ span }, index) => span?.from !== sure[index - 1]?.span?.from);
      const places = placed.flatMap(({ span }) => (span ? [span] : []));
      const exclusions = exclusionsOf(content, places, carried, placed.map(exclusionByLabel));
      const rest = content.slice(places.at(-1)?.to ?? 0);
      const last = exclusions.at(-1);
      const isLastOut = last !== undefined && !last.isDoubtful;
      const mayContinue = isLastOut && isJoin(rest) && !rest.includes(')');
      const isOnlyIds = places.every(({ from }, at) => isJoin(content.slice(places[at - 1]?.to ?? 0, from)));
      if (mayContinue && (/[,(]\s*$/.test(content) || (carried !== undefined && isOnlyIds)))
        carried = last.quote;
      else if (content.trim() !== '') carried = isLastOut && !isOpen(rest) ? undefined : excludedBelow(rest);
      return mentions.map((mention) => {
        const exclusion = exclusions[places.findIndex(({ from }) => from === mention.span?.from)];
        const bare = withoutSpan(mention);
        if (!exclusion || bare.kind !== 'id') return bare;
        const { line, qrCodeId } = bare;
        const { quote, isDoubtful } = exclusion;
        if (isDoubtful) return bare.note ? bare : { ...bare, note: { code: 'may-be-kept', text: quote } };
        return {
          line,
          kind: 'left-out',
          text: qrCodeId,
          isId: true,
          reason: { code: 'excluded', text: quote },
        };
      });
    },
  };
}

/** Whether a sentence may exclude a mention. A weak word such as `Counter` counts only if it has a label. */
function isSure(mention: Mention): boolean {
  if (mention.kind === 'id') return mention.strength !== 'weak' || mention.labelled;
  return mention.kind === 'left-out' && mention.isId;
}

/** The exclusion of an ID by its label, if any. */
function exclusionByLabel(mention: Mention): string | undefined {
  return mention.kind === 'left-out' && mention.reason.code === 'excluded' ? mention.reason.text : undefined;
}

function withoutSpan({ span: _, ...mention }: Placed): Mention {
  return mention;
}

/** The reason to leave out an ID below or after a label. */
function labelReason(label: string): LeftOutReason {
  return readHeading(label)?.excludes ? { code: 'excluded', text: label } : { code: 'label', label };
}

/** Creates a test for commented-out lines. If all lines begin with a comment sign, none is commented out. */
export function commentTest(lines: readonly TextLine[]): (text: string) => boolean {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  const commented = filled.filter(({ text }) => COMMENT.test(text)).length;
  return (text) => commented > 0 && commented < filled.length && COMMENT.test(text);
}

function leftOutWith(mention: Mention, reason: LeftOutReason): Mention[] {
  const { line } = mention;
  if (mention.kind === 'id')
    return mention.strength === 'weak'
      ? []
      : [{ line, kind: 'left-out', text: mention.qrCodeId, isId: true, reason }];
  return mention.kind === 'refused'
    ? [{ line, kind: 'left-out', text: mention.text, isId: true, reason }]
    : [mention];
}

/**
 * Follows the labels in lines of their own. In a copied page, a label is followed by its value in the next line. The first
 * line may be the label of the whole list.
 */
function labelAbove() {
  let above: string | undefined;
  let list: string | undefined;
  let isFirst = true;
  return {
    isSet: () => above !== undefined || list !== undefined,
    /** The label above a line if it names another thing. */
    before(text: string): string | undefined {
      const bare = text.replace(/[:\s]+$/, '').trim();
      if (bare === '') return undefined;
      // `Subject: cancel` is a label with its value.
      const heading = /\d|:\s*\S/.test(bare) ? undefined : readHeading(bare);
      const names = above ?? list;
      const isOther = heading?.isExact === true && (heading.kind === 'other' || heading.keeps);
      // Two consecutive headings belong to a table, so neither is the label of the next line.
      above = isOther && above === undefined ? bare : undefined;
      if (heading) list = isOther && (isFirst || heading.keeps) ? bare : undefined;
      isFirst = false;
      return heading ? undefined : names;
    },
  };
}

interface LineAbout {
  line: number;
  /** Whether each line of the text is one word, so that an invalid one is a damaged ID. */
  isList: boolean;
  labelAbove: string | undefined;
}

function scanLine(content: string, about: LineAbout): Placed[] {
  const { line } = about;
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
      to: at + word.length - (BEHIND_ID.exec(word)?.[0].length ?? 0),
    };
    const read = readInLine(scanWord(word), { content, at, word, alone: isOnlyWord, inSentence, ...about });
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

interface Surroundings extends LineAbout {
  content: string;
  at: number;
  word: string;
  alone: boolean;
  inSentence: boolean;
}

function readInLine(read: Word, around: Surroundings): Mention[] {
  const { line, alone, inSentence, labelAbove } = around;
  if (read.kind === 'none') return [];
  if (alone && !/\d/.test(around.word) && readHeading(around.word)?.isExact)
    return [{ line, kind: 'left-out', text: around.word, isId: false, reason: { code: 'heading' } }];
  const isWeak = read.kind === 'id' && read.strength === 'weak';
  // The label of a weak word matters only if it ends right before the word.
  const label =
    isWeak && !MAY_END_LABEL.test(around.content.slice(0, around.at)) ? NO_LABEL : labelOf(around);
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
        return unlikely(read.qrCodeId, around);
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
      return damagedInLine(read, label, around);
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
function unlikely(text: string, { alone, line }: Surroundings): Mention[] {
  return alone ? [{ line, kind: 'left-out', text, isId: false, reason: { code: 'word' } }] : [];
}

function damagedInLine(read: Word & { kind: 'damaged' }, label: Label, around: Surroundings): Mention[] {
  const { line, alone, inSentence, isList } = around;
  const own = ownLabel(around.word);
  const inner = own === '' ? '' : around.word.slice(own.length);
  if (inner !== '' && own !== around.word) {
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
  const shown = alone ? around.word : text;
  const isMeant =
    label.id || surely || (alone && (isIdLike(text) || (isList && !isKnownNonIdFragment(text))));
  return isMeant || alone ? [{ line, kind: 'refused', text: shown, problem, surely: isMeant }] : [];
}

const NO_LABEL: Label = { id: false };

interface Label {
  /** Whether it names QR codes or IDs. */
  id: boolean;
  /** The text of the label if it names another thing. */
  other?: string;
}

function labelOf({ content, at }: Surroundings): Label {
  if (at === 0) return { id: false };
  const before = content.slice(Math.max(0, at - LABEL_REACH), at);
  const text = MAY_END_LABEL.test(before) ? LABEL_END.exec(before)?.[1] : undefined;
  if (text === undefined) {
    const bare = BARE_LABEL.exec(before)?.[1];
    return bare === undefined ? { id: false } : { id: false, other: bare };
  }
  // The label may be the end of a sentence: the longest sequence of its last words with a known meaning.
  const words = text.split(/\s+/);
  for (let from = Math.max(0, words.length - 4); from < words.length; from += 1) {
    const label = words.slice(from).join(' ');
    const heading = readHeading(label);
    // `Gate 4: QR26…` names the place of the code.
    if (/^\p{L}+ ?\d{1,3}$/u.test(label) && !heading?.keeps) return { id: false };
    if (heading?.isExact)
      return heading.kind === 'other' || heading.keeps ? { id: false, other: label } : { id: true };
  }
  return { id: false };
}

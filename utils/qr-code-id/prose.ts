import { carriedExclusion } from './carried-exclusion.ts';
import { mayExclude, saysCancel } from './exclusions.ts';
import { readHeading } from './heading.ts';
import type { Mention } from './mention.ts';
import type { TextLine } from './plain-text.ts';
import { scanLine } from './prose-line.ts';
import type { LeftOutReason } from './reading.ts';
import { forEachRow, type Steps } from './steps.ts';
import { isStrongId } from './word.ts';

/** Comment signs at the start of a line. */
const COMMENT = /^\s*(?:#|\/\/|--\s|;)\s*(?=[A-Za-z0-9"'])/;
const QUOTED_MAIL = /^(?:\s*>)+ ?/;

/** Reads lines word by word: lists, mails, chats, copied pages. */
export function* readProse(lines: readonly TextLine[]): Steps<Mention[]> {
  const mentions: Mention[] = [];
  yield;
  const isCommented = commentTest(lines);
  yield;
  const isList = lines.every(({ text }) => !/\S\s+\S/.test(text));
  const label = labelAbove();
  const carry = carriedExclusion();
  yield;
  yield* forEachRow(lines, ({ line, text, hidden }) => {
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
      return;
    }
    const content = text.replace(QUOTED_MAIL, '');
    const read = scanLine(content, { line, isList, labelAbove: label.before(content) });
    const found = carry.apply(content, read);
    if (hidden || isCommented(content))
      mentions.push(...found.flatMap((each) => leftOutWith(each, { code: hidden ? 'hidden' : 'comment' })));
    else mentions.push(...found);
  });
  return mentions;
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
      const mayEnd = list !== undefined && readHeading(list)?.keeps && /\d/.test(bare);
      // `Please cancel QR26…` ends a list below `Except:`.
      if (mayEnd && saysCancel(bare) && !mayExclude(bare)) list = undefined;
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

import type { ListBuilder } from './list-builder.ts';
import type { Mention } from './mention.ts';
import type { TextLine } from './plain-text.ts';
import type { IdList } from './reading.ts';
import { roundedNumbers } from './rounded.ts';
import { forEachRow, type Steps } from './steps.ts';

const NAMED = /^QR\d/i;

type IdMention = Mention & { kind: 'id' };

/** Builds the list of a text of words or prose: takes strong IDs, and words of the same form. */
export function* resolveWords(
  mentions: readonly Mention[],
  broken: readonly { line: number; text: string }[],
  lines: readonly TextLine[],
  builder: ListBuilder,
): Steps<IdList> {
  const brokenAt = new Set(broken.map(({ line, text }) => `${line} ${text}`));
  const isBroken = (line: number, text: string) =>
    brokenAt.has(`${line} ${text.replace(/[-=\u00ad]+$/, '')}`);
  const ids = mentions.filter((mention): mention is IdMention => mention.kind === 'id');
  const strong = ids
    .filter(({ strength, labelled }) => strength === 'strong' || labelled)
    .map(({ qrCodeId }) => qrCodeId);
  const forms = new Set(strong.flatMap((id) => [formOf(id), id.slice(0, 2)]));
  const rounded = roundedNumbers(ids.map(({ qrCodeId }) => qrCodeId));
  const hasNumbers = ids.some(({ strength }) => strength === 'number');
  const hasNamed = strong.some((id) => NAMED.test(id));
  const hasIds = strong.length > 0 || hasNumbers;
  yield* forEachRow(mentions, (mention) => {
    const { line } = mention;
    if (mention.kind === 'left-out') builder.leaveOut(line, mention.text, mention.isId, mention.reason);
    else if (mention.kind === 'refused') {
      const { text, problem, surely } = mention;
      if (isBroken(line, text)) builder.reject(line, text, { code: 'broken' });
      else if (surely || !hasIds) builder.reject(line, text, problem);
      else builder.leaveOut(line, text, false, { code: 'problem', problem });
    } else if (isCut(mention, ids)) builder.reject(line, mention.qrCodeId, { code: 'cut-off' });
    else if (isBroken(line, mention.qrCodeId)) builder.reject(line, mention.qrCodeId, { code: 'broken' });
    else if (rounded.has(mention.qrCodeId)) builder.reject(line, mention.qrCodeId, { code: 'rounded' });
    else takeId(mention, { hasStrong: strong.length > 0, hasNamed, hasIds, forms }, builder);
  });
  yield* builder.leaveOutTheRest(lines);
  return builder.finish();
}

/**
 * Whether an ID before an ellipsis is only the beginning of one. The ellipsis may also end a sentence, so the ID is cut
 * only if no whole ID has its form.
 */
function isCut({ cut, qrCodeId }: IdMention, ids: readonly IdMention[]): boolean {
  if (!cut) return false;
  const others = ids.filter((other) => other.strength === 'strong' && other.qrCodeId !== qrCodeId);
  return (
    others.length > 0 && !others.some((other) => !other.cut && formOf(other.qrCodeId) === formOf(qrCodeId))
  );
}

/** The other IDs of the text. */
interface Others {
  hasStrong: boolean;
  /** Whether some of them begin with QR. Then IDs of other forms in a sentence may belong to other things. */
  hasNamed: boolean;
  hasIds: boolean;
  /** The forms and beginnings of the strong IDs. */
  forms: ReadonlySet<string>;
}

function takeId(mention: IdMention, others: Others, builder: ListBuilder): void {
  const { hasStrong, hasNamed, hasIds, forms } = others;
  const { line, qrCodeId, strength, inSentence, alone, labelled, note } = mention;
  const mayBeOther = inSentence || note?.code === 'upi';
  const isOtherBeside = hasNamed && strength === 'strong' && mayBeOther && !labelled && !NAMED.test(qrCodeId);
  const isNumberBeside = strength === 'number' && hasStrong;
  const isShortOne =
    alone && /\d/.test(qrCodeId) && /[A-Za-z]/.test(qrCodeId) && forms.has(qrCodeId.slice(0, 2));
  const isAlike = isShortOne || forms.has(formOf(qrCodeId));
  const isWeakFit = hasStrong ? isAlike : !hasIds || /\d/.test(qrCodeId);
  if (isOtherBeside) builder.leaveOut(line, qrCodeId, true, { code: 'not-understood' });
  else if (strength === 'strong' || labelled || (strength === 'number' ? !hasStrong : isWeakFit))
    builder.add(line, qrCodeId, note);
  else if (isNumberBeside) builder.leaveOut(line, qrCodeId, true, { code: 'number' });
  else builder.leaveOut(line, qrCodeId, /\d/.test(qrCodeId), { code: 'word' });
}

/** The form of an ID: its first two characters and its length. */
function formOf(id: string): string {
  return `${id.slice(0, 2)} ${id.length}`;
}

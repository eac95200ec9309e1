import { excludedBelow, exclusionsOf, isJoin, isOpen, mayExclude, saysCancel } from './exclusions.ts';
import { readHeading } from './heading.ts';
import type { Mention, PlacedMention } from './mention.ts';

/** The numbering or bullet of a line of a list. */
const NUMBERING = /^\s*(?:\(?\d{1,6}[.)]|[-–—•*·>]+)\s+/u;
/** The name before an ID: `Gate 1: `, `Gate 1 - `. */
const NAME = /^\s*([^.,;:!?()]{1,40}?)\s*(?::|\s[-–—|])\s*$/u;

/** Leaves out the IDs that a line, or the end of a previous line, says not to cancel. */
export function carriedExclusion() {
  let carried: string | undefined;
  /** Whether the exclusion is a heading, such as `Do not cancel these:`. Then the lines below may have remarks. */
  let isHeading = false;
  return {
    isSet: () => carried !== undefined,
    apply(content: string, mentions: readonly PlacedMention[]): Mention[] {
      const isPlain = mentions.length > 0 && mentions.every((each) => each.kind === 'id' && each.alone);
      const below = mentions.some(isSure) ? undefined : excludingHeading(content);
      const isExcluded = mentions.some((each) => exclusionByLabel(each) !== undefined);
      if (carried === undefined && !isExcluded && (isPlain || (!mayExclude(content) && below === undefined)))
        return mentions.map(withoutSpan);
      const sure = mentions.filter((each) => isSure(each) && each.span);
      const placed = sure.filter(({ span }, index) => span?.from !== sure[index - 1]?.span?.from);
      const places = placed.flatMap(({ span }) => (span ? [span] : []));
      const start = places[0]?.from ?? 0;
      const line = isHeading ? withoutName(content, start) : content.replace(NUMBERING, spaces);
      const exclusions = exclusionsOf(line, places, carried, placed.map(exclusionByLabel));
      const rest = content.slice(places.at(-1)?.to ?? 0);
      const last = exclusions.at(-1);
      const isLastOut = last !== undefined && !last.isDoubtful;
      const mayContinue = isLastOut && isJoin(rest) && !rest.includes(')');
      const isOnlyIds = places.every(({ from }, at) => isJoin(line.slice(places[at - 1]?.to ?? 0, from)));
      const isItem = isHeading && isLastOut && last.quote === carried && !saysCancel(rest) && !isOpen(rest);
      if (isItem) carried = last.quote;
      else if (mayContinue && (/[,(]\s*$/.test(content) || (carried !== undefined && isOnlyIds)))
        carried = last.quote;
      else if (content.trim() !== '') {
        carried = isLastOut && !isOpen(rest) ? undefined : (excludedBelow(rest) ?? below);
        isHeading = carried !== undefined && !/\(\s*$/.test(rest);
      }
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

/** A line that is a heading of IDs to keep, such as `Keep:` or `Already cancelled`. */
function excludingHeading(content: string): string | undefined {
  const label = content.replace(/[:\s]+$/u, '').trim();
  const heading = readHeading(label);
  return heading?.isExact && heading.excludes && heading.kind !== 'other' ? label : undefined;
}

/** Replaces the numbering and the name before the first ID of a line by spaces. A label of IDs is no name. */
function withoutName(content: string, start: number): string {
  const line = content.replace(NUMBERING, spaces);
  const name = NAME.exec(line.slice(0, start))?.[1];
  if (name === undefined || saysCancel(name)) return line;
  if ((readHeading(name)?.kind ?? 'other') !== 'other') return line;
  return ' '.repeat(start) + line.slice(start);
}

function spaces(text: string): string {
  return ' '.repeat(text.length);
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

function withoutSpan({ span: _, ...mention }: PlacedMention): Mention {
  return mention;
}

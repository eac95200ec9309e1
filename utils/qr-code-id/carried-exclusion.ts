import { excludedBelow, exclusionsOf, isJoin, isOpen, mayExclude } from './exclusions.ts';
import type { Mention, PlacedMention } from './mention.ts';

/** Leaves out the IDs that a line, or the end of a previous line, says not to cancel. */
export function carriedExclusion() {
  let carried: string | undefined;
  return {
    isSet: () => carried !== undefined,
    apply(content: string, mentions: readonly PlacedMention[]): Mention[] {
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

function withoutSpan({ span: _, ...mention }: PlacedMention): Mention {
  return mention;
}

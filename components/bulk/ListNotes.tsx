import { formatCount, plural, t } from '../../utils/i18n/i18n.ts';
import type { ListPart } from '../../utils/qr-code-id/list-sources.ts';
import type { IdList, ListProblem } from '../../utils/qr-code-id/reading.ts';
import { idProblemText } from '../../utils/wording/id-problem.ts';
import { countParts } from '../../utils/wording/left-out.ts';
import '../ui/report.css';
import { LeftOutList } from './LeftOutList.tsx';
import { SummaryParts } from './SummaryParts.tsx';

/** Ids named in one sentence: more would fill the page. */
const VARIANTS_SHOWN = 20;

interface ListNotesProps {
  list: IdList;
  parts: readonly ListPart[];
  onTake: (text: string) => void;
}

/** Problems, counts and warnings of a list before its codes are read. */
export function ListNotes({ list, parts, onTake }: ListNotesProps) {
  const isColumnOpen = !list.ok && list.problem.code === 'choose-column';
  return (
    <>
      {!list.ok && (
        <p class={isColumnOpen ? 'report warning' : 'report danger'} role="alert">
          {problemText(list.problem)}
        </p>
      )}
      {!isColumnOpen && list.counts.inText + list.counts.otherLines > 0 && (
        <p class="figures">
          <SummaryParts parts={countParts(list.counts)} />
        </p>
      )}
      {!isColumnOpen && list.counts.otherLines > 0 && (
        <p class="quiet">{plural('countOtherLines', list.counts.otherLines)}</p>
      )}
      {list.leftOut.length > 0 && (
        <LeftOutList leftOut={list.leftOut} parts={parts} onTake={isColumnOpen ? undefined : onTake} />
      )}
      {list.ok && list.caseVariants.length > 0 && (
        <p class="report warning">{t('listCaseVariants', enumeration(list.caseVariants.flat()))}</p>
      )}
      {list.ok && list.alsoElsewhere.length > 0 && (
        <p class="report warning">{t('listElsewhere', enumeration(list.alsoElsewhere))}</p>
      )}
    </>
  );
}

function problemText(problem: ListProblem): string {
  switch (problem.code) {
    case 'too-many':
      return idProblemText({ code: 'too-many' });
    case 'rich-text':
      return t('idRichText');
    case 'choose-column':
      return t('columnAsk');
    case 'nothing':
      return t('listNothing');
  }
}

function enumeration(ids: readonly string[]): string {
  const shown = ids.slice(0, VARIANTS_SHOWN).join(', ');
  const more = ids.length - VARIANTS_SHOWN;
  return more > 0 ? t('caseVariantsMore', shown, formatCount(more)) : shown;
}

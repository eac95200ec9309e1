import { countText, t } from '../../utils/i18n.ts';
import type { IdList } from '../../utils/qr-code/id-list.ts';
import { idProblemText } from '../../utils/wording/id-problem.ts';
import '../ui/report.css';

/** A longer enumeration would fill the page. */
const VARIANTS_SHOWN = 20;

/** What has to be said of a list as it stands, before any code of it was read. */
export function ListNotes({ list }: { list: IdList }) {
  if (!list.ok)
    return (
      <p class="report danger" role="alert">
        {list.problem.code === 'too-many' ? idProblemText({ code: 'too-many' }) : t('listNothing')}
      </p>
    );
  if (list.caseVariants.length === 0) return null;
  return <p class="report warning">{t('listCaseVariants', enumeration(list.caseVariants.flat()))}</p>;
}

function enumeration(ids: readonly string[]): string {
  const shown = ids.slice(0, VARIANTS_SHOWN).join(', ');
  const more = ids.length - VARIANTS_SHOWN;
  return more > 0 ? t('caseVariantsMore', shown, countText(more)) : shown;
}

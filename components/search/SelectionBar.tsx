import { formatCount, plural, t } from '../../utils/i18n/i18n.ts';
import { MAX_IDS } from '../../utils/qr-code-id/max-ids.ts';
import type { Found } from '../../utils/search/search-result.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { selectAllText } from '../../utils/wording/search.ts';
import { ExcelButton } from '../shared/ExcelButton.tsx';
import { Button } from '../ui/Button.tsx';

interface SelectionBarProps {
  found: Found;
  state: Pick<SearchState, 'selection'>;
  actions: Pick<SearchActions, 'selectAll' | 'selectNone' | 'cancelSelected' | 'exportCsv' | 'exportExcel'>;
  /** Whether these are not what the filters ask for by now, which is said above; nothing can be cancelled then. */
  outdated: boolean;
  /** Why nothing can be cancelled now, as a sentence. */
  obstacle: string | undefined;
}

/** What can be done with the codes that were found, and with those that are selected. */
export function SelectionBar({ found, state, actions, outdated, obstacle }: SelectionBarProps) {
  const count = state.selection.ids.size;
  const inTheWay = count > MAX_IDS ? t('selectFewer', formatCount(MAX_IDS)) : obstacle;
  return (
    <>
      <div class="row">
        <Button onClick={actions.selectAll}>{selectAllText(found)}</Button>
        {count > 0 && (
          <>
            <Button onClick={actions.selectNone}>{t('selectNone')}</Button>
            <Button
              kind="danger"
              disabled={outdated || inTheWay !== undefined}
              onClick={() => void actions.cancelSelected()}
            >
              {plural('cancelCountDots', count)}
            </Button>
          </>
        )}
        <Button onClick={actions.exportCsv}>{t('exportCsv')}</Button>
        <ExcelButton label={t('exportExcel')} onExport={actions.exportExcel} />
        <span role="status" class="figures">
          {count > 0 && plural('selectedCount', count)}
        </span>
      </div>
      <div class="stack" aria-live="polite">
        <p class="quiet">{t('selectHint')}</p>
        {count > 0 && inTheWay !== undefined && <p class="report warning">{inTheWay}</p>}
      </div>
    </>
  );
}

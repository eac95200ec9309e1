import { formatCount, plural, t } from '../../utils/i18n/i18n.ts';
import { MAX_IDS } from '../../utils/qr-code-id/max-ids.ts';
import type { Found } from '../../utils/search/search-result.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { selectAllText } from '../../utils/wording/search.ts';
import { ExportButton } from '../shared/ExportButton.tsx';
import { Button } from '../ui/Button.tsx';

interface SelectionBarProps {
  found: Found;
  state: Pick<SearchState, 'selection'>;
  actions: Pick<SearchActions, 'selectAll' | 'selectNone' | 'cancelSelected' | 'exportCsv' | 'exportExcel'>;
  /** Whether the filters have changed since the search. Then nothing can be cancelled; a note above says so. */
  outdated: boolean;
  /** The sentence why nothing can be cancelled now. */
  obstacle: string | undefined;
}

/** The actions for the found and the selected codes. */
export function SelectionBar({ found, state, actions, outdated, obstacle }: SelectionBarProps) {
  const count = state.selection.ids.size;
  const blockedBy = count > MAX_IDS ? t('selectFewer', formatCount(MAX_IDS)) : obstacle;
  return (
    <>
      <div class="row">
        <Button onClick={actions.selectAll}>{selectAllText(found)}</Button>
        {count > 0 && (
          <>
            <Button onClick={actions.selectNone}>{t('selectNone')}</Button>
            <Button
              kind="danger"
              disabled={outdated || blockedBy !== undefined}
              onClick={() => void actions.cancelSelected()}
            >
              {plural('cancelCountDots', count)}
            </Button>
          </>
        )}
        <ExportButton label={t('exportCsv')} onExport={actions.exportCsv} />
        <ExportButton label={t('exportExcel')} onExport={actions.exportExcel} />
        <span role="status" class="figures">
          {count > 0 && plural('selectedCount', count)}
        </span>
      </div>
      <div aria-live="polite">
        {count > 0 && blockedBy !== undefined && <p class="report warning">{blockedBy}</p>}
      </div>
    </>
  );
}

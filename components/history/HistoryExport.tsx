import { t } from '../../utils/i18n/i18n.ts';
import type { HistoryActions, HistoryState } from '../../utils/stores/history-state.ts';
import { ExportButton } from '../shared/ExportButton.tsx';
import { Button } from '../ui/Button.tsx';

interface HistoryExportProps {
  state: Pick<HistoryState, 'matching' | 'exporting'>;
  actions: Pick<HistoryActions, 'exportCsv' | 'exportExcel' | 'exportJson'>;
}

/** The export buttons of the history. */
export function HistoryExport({ state: { matching, exporting }, actions }: HistoryExportProps) {
  const busy = exporting !== undefined;
  return (
    <div class="row">
      <Button busy={busy} disabled={matching === 0} onClick={() => void actions.exportCsv()}>
        {t('exportHistoryCsv')}
      </Button>
      <ExportButton
        label={t('exportHistoryExcel')}
        busy={busy}
        disabled={matching === 0}
        onExport={actions.exportExcel}
      />
      <Button busy={busy} onClick={() => void actions.exportJson()}>
        {t('exportHistoryJson')}
      </Button>
      <span role="status">{busy && t('exporting')}</span>
    </div>
  );
}

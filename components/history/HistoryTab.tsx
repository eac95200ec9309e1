import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { HistoryActions, HistoryState } from '../../utils/stores/history-state.ts';
import { SEPARATOR } from '../../utils/wording/bulk.ts';
import { matchText } from '../../utils/wording/history.ts';
import { journalText } from '../../utils/wording/journal.ts';
import { HistoryExport } from './HistoryExport.tsx';
import { HistoryFilterForm } from './HistoryFilterForm.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import { IntegrityStatus } from './IntegrityStatus.tsx';
import './history.css';
import { EntryDialog } from './EntryDialog.tsx';
import '../shared/qr-code-details.css';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import '../ui/report.css';

interface HistoryTabProps {
  state: HistoryState;
  actions: HistoryActions;
}

/** The history of checks, cancels and creates, with filters, exports and its integrity status. */
export function HistoryTab({ state, actions }: HistoryTabProps) {
  const { trouble, shown, read, details } = state;
  if (trouble)
    return (
      <div class="report danger">
        <p role="alert">{journalText(trouble)}</p>
        <div class="row">
          <CopySupportDetails />
        </div>
      </div>
    );
  const isEmpty = read === 0;
  return (
    <div class="stack history">
      <IntegrityStatus state={state} />
      <HistoryFilterForm state={state} actions={actions} />
      <div class="history-bar">
        <p role="status" class="history-summary">
          {summaryOf(state)}
        </p>
        {!isEmpty && <HistoryExport state={state} actions={actions} />}
      </div>
      {!isEmpty && (
        <p class="quiet">
          {t('exportHint')} {t('historyHint')}
        </p>
      )}
      {shown.length > 0 && <HistoryTable state={state} actions={actions} />}
      {shown.length === 0 && !isEmpty && (
        <div class="quiet">
          <p>{t('historyNoMatch')}</p>
          <p>{t('filtersNext')}</p>
        </div>
      )}
      {isEmpty && state.reading === 'read' && <p class="quiet">{t('historyEmptyNext')}</p>}
      {details && (
        <EntryDialog
          key={details.key}
          line={details}
          marks={state.violationsBySequence}
          times={state.times}
          onClose={actions.close}
        />
      )}
    </div>
  );
}

function summaryOf({ reading, read, total, matching, shown }: HistoryState): string {
  if (reading === 'read' && read === 0 && shown.length === 0) return t('historyEmpty');
  return [
    read > 0 && matchText(matching, read),
    reading === 'reading' && read < total && t('readingOlder', formatCount(read), formatCount(total)),
  ]
    .filter(Boolean)
    .join(SEPARATOR);
}

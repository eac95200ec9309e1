import { useMemo } from 'preact/hooks';
import type { JobView } from '../../utils/bulk/job-view.ts';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { checkedSinceText } from '../../utils/wording/bulk.ts';
import { periodText } from '../../utils/wording/bulk-job.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { ExportButton } from '../shared/ExportButton.tsx';
import { Button } from '../ui/Button.tsx';
import { usePrinting } from '../ui/use-printing.ts';
import { PrintSummary } from './PrintSummary.tsx';

interface JobReportProps {
  view: JobView;
  pending: BulkState['pendingCommand'];
  actions: Pick<
    BulkActions,
    'retry' | 'checkAgain' | 'downloadResults' | 'downloadResultsExcel' | 'startNewList'
  >;
}

/** The actions for a finished job: retry, check again, export, print. */
export function JobReport({ view, pending, actions }: JobReportProps) {
  const { printing, print } = usePrinting();
  const { job, counts, items } = view;
  const since = useMemo(() => checkedSinceText(items), [items, t('language')]);
  const checking = pending === 'check-again';
  return (
    <>
      {since !== undefined && <p>{since}</p>}
      <p class="quiet">{periodText(job)}</p>
      {job.column && <p class="quiet">{t('columnFound', escapeInvisibles(job.column))}</p>}
      <div class="row">
        {counts.rejected > 0 && (
          <Button onClick={() => void actions.retry('rejected')}>
            {t('retryRejected', formatCount(counts.rejected))}
          </Button>
        )}
        {counts['not-found'] > 0 && (
          <Button onClick={() => void actions.retry('not-found')}>
            {t('retryNotFound', formatCount(counts['not-found']))}
          </Button>
        )}
        {counts.unconfirmed > 0 && (
          <Button busy={checking} onClick={() => void actions.checkAgain()}>
            {checking ? t('checking') : t('checkNAgain', formatCount(counts.unconfirmed))}
          </Button>
        )}
        {counts.unconfirmed > 0 && (
          <Button onClick={() => void actions.retry('unconfirmed')}>
            {t('retryUnconfirmed', formatCount(counts.unconfirmed))}
          </Button>
        )}
        <ExportButton label={t('downloadResults')} onExport={actions.downloadResults} />
        <ExportButton label={t('downloadResultsExcel')} onExport={actions.downloadResultsExcel} />
        <Button onClick={print}>{t('printSummary')}</Button>
        <Button kind="primary" onClick={actions.startNewList}>
          {t('newList')}
        </Button>
        {isAnyFailed(counts) && <CopySupportDetails account={job.account} />}
      </div>
      {printing && <PrintSummary view={view} />}
    </>
  );
}

function isAnyFailed(counts: JobView['counts']): boolean {
  return counts.rejected + counts['not-found'] + counts['not-sent'] + counts.unconfirmed > 0;
}

import type { Report } from '../../utils/wording/report.ts';
import { ResultMessage } from '../shared/ResultMessage.tsx';

/** Where a page says how the last thing that was done ended; it stays in sight. */
export function ResultRegion({ report }: { report: Report | undefined }) {
  const bad = report?.tone === 'danger' || report?.tone === 'warning';
  return (
    <div class="report-place">
      <div role="status">{report && !bad && <ResultMessage report={report} />}</div>
      {report && bad && <ResultMessage report={report} />}
    </div>
  );
}

import type { Report } from '../../utils/wording/report.ts';
import { ResultMessage } from '../shared/ResultMessage.tsx';

/** The live region for the result of the last action. Sticks to the top of the page. */
export function ResultRegion({ report }: { report: Report | undefined }) {
  const bad = report?.tone === 'danger' || report?.tone === 'warning';
  return (
    <div class="report-place">
      <div role="status">{report && !bad && <ResultMessage report={report} />}</div>
      {report && bad && <ResultMessage report={report} />}
    </div>
  );
}

import { useId } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { ShownCheck } from '../../utils/stores/connection-check.ts';
import { checkStepBadge, checkStepText, checkStepTitle } from '../../utils/wording/connection.ts';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { Badge } from '../ui/Badge.tsx';
import './connection-check.css';
import { CHECK_STEPS, type CheckStep } from '../../utils/model/connection-check.ts';

/** The steps of a connection check, each with its result, and the final report. */
export function ConnectionCheck({ shown }: { shown: ShownCheck }) {
  const { report } = shown;
  const isFailure = report?.tone === 'danger' || report?.tone === 'warning';
  return (
    <div class="stack">
      <ul class="check-steps" aria-label={t('connectionSteps')}>
        {CHECK_STEPS.map((step) => (
          <Step key={step} step={step} shown={shown} />
        ))}
      </ul>
      <div role="status">{report && !isFailure && <ResultMessage report={report} />}</div>
      {report && isFailure && <ResultMessage report={report} account={shown.account} />}
    </div>
  );
}

function Step({ step, shown: { check, running, account } }: { step: CheckStep; shown: ShownCheck }) {
  const title = useId();
  const result = check[step];
  const { text, tone } = checkStepBadge(result, step === running);
  const note = checkStepText(result, account);
  return (
    <li>
      <strong id={title}>{checkStepTitle(step)}</strong>
      <div role="status" aria-labelledby={title}>
        <Badge tone={tone}>{text}</Badge>
        {note && <p>{note}</p>}
      </div>
    </li>
  );
}

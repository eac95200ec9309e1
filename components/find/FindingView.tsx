import type { FoundCode } from '../../utils/find/finding.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { FindState } from '../../utils/stores/find-state.ts';
import { formatAmount } from '../../utils/wording/code-fields.ts';
import { type FindingReport, findProgressText } from '../../utils/wording/finding.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { StatusBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/report.css';
import './find.css';

interface FindingViewProps {
  reports: readonly FindingReport[];
  /** The label of the button beside each code. */
  actionLabel: string;
  onChoose: (qrCodeId: string) => void;
}

/** The result for one picture: sentences, and the codes that may be it, each with a button. */
export function FindingView({ reports, actionLabel, onChoose }: FindingViewProps) {
  return (
    <>
      {reports.map(({ tone, title, sentences, codes }, index) => (
        <div class={`report ${tone}`} key={index}>
          <div class="stack" role={tone === 'danger' || tone === 'warning' ? 'alert' : undefined}>
            <strong>{title}</strong>
            {sentences.map((sentence, at) => (
              <p key={at}>{sentence}</p>
            ))}
          </div>
          {codes.length > 0 && (
            <ul class="found-codes">
              {codes.map((code) => (
                <li key={code.qrCodeId}>
                  <CodeLine code={code} />
                  <Button onClick={() => onChoose(code.qrCodeId)} label={`${actionLabel}: ${code.qrCodeId}`}>
                    {actionLabel}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </>
  );
}

function CodeLine({ code: { qrCodeId, qrName, amount, status } }: { code: FoundCode }) {
  return (
    <span class="found-code">
      <span class="code">{qrCodeId}</span>
      {qrName && <bdi class="clipped">{escapeInvisibles(qrName)}</bdi>}
      {amount !== undefined && <bdi>{formatAmount(amount)}</bdi>}
      {status !== undefined && <StatusBadge status={status} />}
    </span>
  );
}

interface FindProgressProps {
  state: Pick<FindState, 'phase' | 'progress'>;
  onStop: () => void;
}

/** How far the reading of pictures or the comparison is, with a button to stop it. */
export function FindProgress({ state: { phase, progress }, onStop }: FindProgressProps) {
  return (
    <div class="row find-progress">
      <span role="status">
        {phase === 'idle'
          ? ''
          : findProgressText(phase === 'comparing' ? (progress?.compared ?? 0) : undefined)}
      </span>
      {phase !== 'idle' && <Button onClick={onStop}>{t('searchStop')}</Button>}
      {progress?.waitingUntil !== undefined && <Countdown until={progress.waitingUntil} />}
    </div>
  );
}

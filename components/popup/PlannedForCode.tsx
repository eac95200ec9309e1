import { t } from '../../utils/i18n/i18n.ts';
import { systemLocalTime } from '../../utils/lib/local-time.ts';
import { isCountdown, type PlannedStore } from '../../utils/stores/planned-state.ts';
import { useStore } from '../../utils/stores/use-store.ts';
import { dueText, plannedForText } from '../../utils/wording/planned.ts';
import { StartCountdown } from '../shared/StartCountdown.tsx';
import { useNow } from '../ui/use-now.ts';
import '../ui/report.css';

interface PlannedForCodeProps {
  store: PlannedStore;
  /** The code, if nothing else on the page shows it. */
  qrCodeId: string | undefined;
}

/** The jobs that wait for one code: a countdown, or when they are planned. */
export function PlannedForCode({ store, qrCodeId }: PlannedForCodeProps) {
  const { jobs, busyJobId, notice, error } = useStore(store);
  const now = useNow(20_000);
  const present = systemLocalTime.wallAt(now);
  const planned = jobs.filter((job) => !isCountdown(job));
  return (
    <>
      <div role="status" class={planned.length > 0 || notice ? 'report neutral' : 'visually-hidden'}>
        {notice && <p>{notice()}</p>}
        {planned.map((job) => (
          <div key={job.jobId}>
            <p>
              <strong>{plannedForText(job, present)}</strong>
            </p>
            <p>{dueText(job, systemLocalTime, now)?.text}</p>
          </div>
        ))}
        {planned.length > 0 && (
          <>
            <p>{t('plannedForHint', t('bulkCancel'))}</p>
            <p class="quiet">{t('planLimits')}</p>
          </>
        )}
      </div>
      {error && (
        <p class="report danger" role="alert">
          {error()}
        </p>
      )}
      {jobs.filter(isCountdown).map((job) => (
        <StartCountdown
          key={job.jobId}
          job={job}
          qrCodeId={qrCodeId}
          busy={busyJobId === job.jobId}
          actions={store.actions}
        />
      ))}
    </>
  );
}

import { t } from '../../utils/i18n/i18n.ts';
import { failedCheckReport } from '../../utils/wording/check.ts';
import { failureText } from '../../utils/wording/gateway.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/report.css';
import type { Review } from '../../utils/review/review.ts';

/** Why reading stopped, with a button to continue. Renders nothing if every code was read. */
export function ReviewInterrupted({ review, onReadOn }: { review: Review; onReadOn: () => void }) {
  const { account, counts, failure, state } = review;
  const unfinished = counts['read-failed'] + counts['not-read-yet'] > 0;
  if (!failure && !unfinished) return null;
  return (
    <div class={failure ? 'report danger' : 'report warning'}>
      {failure ? (
        <div class="stack" role="alert">
          <strong>{t('reviewFailed')}</strong>
          <p>
            {failureText(failure, account)} {failedCheckReport(failure, account).sentences.at(-1)}
          </p>
        </div>
      ) : (
        <p>{state === 'stopped' ? t('reviewStopped') : t('reviewUnread')}</p>
      )}
      <div class="row">
        {unfinished && <Button onClick={onReadOn}>{t('readOn')}</Button>}
        {(failure || counts['read-failed'] > 0) && <CopySupportDetails account={account} />}
      </div>
    </div>
  );
}

import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { Review } from '../../utils/review/review.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { Button } from '../ui/Button.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';

/** The number of codes read so far. */
export function ReviewProgress({ review, onStop }: { review: Review; onStop: () => void }) {
  const { ids, counts, waitingUntil } = review;
  const read = ids.length - counts['not-read-yet'];
  return (
    <>
      <ProgressBar label={t('readingQrCodes')} value={read} max={ids.length} />
      <p class="figures">{t('readSoFar', formatCount(read), formatCount(ids.length))}</p>
      {waitingUntil !== undefined && <Countdown until={waitingUntil} />}
      <div class="row">
        <Button onClick={onStop}>{t('stopReading')}</Button>
      </div>
    </>
  );
}

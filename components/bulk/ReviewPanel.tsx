import { t } from '../../utils/i18n/i18n.ts';
import type { Review } from '../../utils/review/review.ts';
import type { BulkActions } from '../../utils/stores/bulk-state.ts';
import { reviewParts } from '../../utils/wording/bulk.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { AccountHeading } from '../shared/AccountHeading.tsx';
import { ReviewActions } from './ReviewActions.tsx';
import { ReviewInterrupted } from './ReviewInterrupted.tsx';
import { ReviewLines } from './ReviewLines.tsx';
import { ReviewProgress } from './ReviewProgress.tsx';
import { SummaryParts } from './SummaryParts.tsx';

interface ReviewPanelProps {
  review: Review;
  alsoUnread: boolean;
  actions: BulkActions;
}

/** The review of a list: summary, lines and actions. */
export function ReviewPanel({ review, alsoUnread, actions }: ReviewPanelProps) {
  const reading = review.state === 'reading';
  return (
    <section class="stack bulk-panel" aria-labelledby="review-heading">
      <AccountHeading id="review-heading" title={t('reviewTitle')} account={review.account} />
      {review.list.columnName !== '' && <p>{t('columnFound', escapeInvisibles(review.list.columnName))}</p>}
      <p role="status" class="bulk-summary">
        {!reading && <SummaryParts parts={reviewParts(review.counts)} />}
      </p>
      {reading ? (
        <ReviewProgress review={review} onStop={actions.stopReading} />
      ) : (
        <>
          <ReviewInterrupted review={review} onReadOn={() => void actions.resumeReading()} />
          <ReviewActions review={review} alsoUnread={alsoUnread} actions={actions} />
        </>
      )}
      <ReviewLines review={review} />
    </section>
  );
}

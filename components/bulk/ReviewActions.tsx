import { plural, t } from '../../utils/i18n/i18n.ts';
import type { Review } from '../../utils/review/review.ts';
import type { BulkActions } from '../../utils/stores/bulk-state.ts';
import { ExportButton } from '../shared/ExportButton.tsx';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';

interface ReviewNextProps {
  review: Review;
  alsoUnread: boolean;
  actions: Pick<BulkActions, 'ask' | 'setAlsoUnread' | 'downloadReview' | 'downloadReviewExcel'>;
}

/** The actions of a review: cancel, include unread codes, export. */
export function ReviewActions({ review, alsoUnread, actions }: ReviewNextProps) {
  const { 'read-failed': unread } = review.counts;
  const count = review.counts['to-cancel'] + (alsoUnread ? unread : 0);
  return (
    <>
      {unread > 0 && (
        <Checkbox
          label={plural('alsoUnread', unread)}
          checked={alsoUnread}
          onChange={actions.setAlsoUnread}
        />
      )}
      {count === 0 && review.counts['not-read-yet'] === 0 && (
        <p>
          {t('reviewNothing')} {t('reviewNothingNext')}
        </p>
      )}
      <div class="row">
        {count > 0 && (
          <Button kind="danger" onClick={actions.ask}>
            {plural('cancelCountDots', count)}
          </Button>
        )}
        <ExportButton label={t('downloadReview')} onExport={actions.downloadReview} />
        <ExportButton label={t('downloadReviewExcel')} onExport={actions.downloadReviewExcel} />
      </div>
    </>
  );
}

import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Review, ReviewLine } from '../../utils/review/review.ts';
import { lineReasons } from '../../utils/wording/reasons.ts';
import { ReasonList } from './ReasonList.tsx';
import { ReviewTable } from './ReviewTable.tsx';
import { useReasons } from './use-reasons.ts';

const NO_LINES: readonly ReviewLine[] = [];

/** The lines of a review, filtered by the reason for which they will not be cancelled. */
export function ReviewLines({ review }: { review: Review }) {
  const { account, lines, state } = review;
  const [chosen, setChosen] = useState<string>();
  const { reasons, reason, shown } = useReasons({
    rows: lines,
    // The reasons are counted once, after the reading.
    counted: state === 'reading' ? NO_LINES : lines,
    reasonsFor: () => lineReasons(account),
    inputs: [account, t('language')],
    chosen,
  });
  return (
    <>
      <ReasonList reasons={reasons} chosen={reason} onChoose={setChosen} />
      <ReviewTable key={reason} review={review} lines={shown} />
    </>
  );
}

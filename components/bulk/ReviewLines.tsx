import { useMemo, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Review } from '../../utils/review/review.ts';
import { reasonOfLine, reviewReasons } from '../../utils/wording/reasons.ts';
import { ReasonList } from './ReasonList.tsx';
import { ReviewTable } from './ReviewTable.tsx';

/** The lines of a review, filtered by the reason for which they will not be cancelled. */
export function ReviewLines({ review }: { review: Review }) {
  const { account, lines, state } = review;
  const [chosen, setChosen] = useState<string>();
  const reasons = useMemo(
    () => (state === 'reading' ? [] : reviewReasons(lines, account)),
    [state, lines, account, t('language')],
  );
  const reason = reasons.find(({ key }) => key === chosen)?.key;
  const shown = useMemo(
    () =>
      reason === undefined ? lines : lines.filter((line) => reasonOfLine(line, account)?.key === reason),
    [lines, account, reason],
  );
  return (
    <>
      <ReasonList reasons={reasons} chosen={reason} onChoose={setChosen} />
      <ReviewTable key={reason} review={review} lines={shown} />
    </>
  );
}

import { useMemo } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Rows } from '../../utils/lib/persistent-vector.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { Review, ReviewLine } from '../../utils/review/review.ts';
import { verdictBadge, verdictNote } from '../../utils/wording/bulk-line.ts';
import { idNoteText } from '../../utils/wording/left-out.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Badge } from '../ui/Badge.tsx';
import { type Column, VirtualTable } from '../ui/VirtualTable.tsx';
import { CodeSummary } from './CodeSummary.tsx';

/** Characters shown of a refused line, which may be a whole paragraph. */
const TEXT_SHOWN = 100;

interface ReviewTableProps {
  review: Pick<Review, 'account' | 'parts'>;
  lines: Rows<ReviewLine>;
}

/** The lines of a list, each with its status. */
export function ReviewTable({ review, lines }: ReviewTableProps) {
  const ofFiles = review.parts.length > 1;
  const columns = useMemo(
    () => columnsFor(review.account, ofFiles),
    [review.account, ofFiles, t('language')],
  );
  return <VirtualTable label={t('reviewTable')} rows={lines} columns={columns} />;
}

function columnsFor(account: AccountRef, ofFiles: boolean): Column<ReviewLine>[] {
  return [
    {
      title: t('columnLine'),
      width: ofFiles ? 10 : 5,
      min: ofFiles ? 5 : 3.5,
      cell: ({ line }) => (typeof line === 'number' ? line : <bdi>{escapeInvisibles(line)}</bdi>),
    },
    {
      title: t('qrCodeIdLabel'),
      width: 11,
      min: 9,
      cell: ({ text }) => <bdi class="code">{escapeInvisibles(text.slice(0, TEXT_SHOWN))}</bdi>,
    },
    {
      title: t('columnSubject'),
      width: 16,
      min: 10,
      givesWay: 1,
      folds: true,
      cell: (line) => <CodeSummary {...line} />,
    },
    {
      title: t('detailStatus'),
      width: 18,
      min: 14,
      grows: true,
      givesWay: 2,
      folds: true,
      cell: ({ verdict, note }) => <Verdict {...{ verdict, note, account }} />,
    },
  ];
}

function Verdict({
  verdict,
  note: about,
  account,
}: Pick<ReviewLine, 'verdict' | 'note'> & { account: AccountRef }) {
  const { text, tone } = verdictBadge(verdict);
  const note = verdictNote(verdict, account);
  return (
    <div class="verdict">
      <Badge tone={tone}>{text}</Badge>
      {note !== '' && <p>{note}</p>}
      {about && <p>{idNoteText(about)}</p>}
    </div>
  );
}

import { useMemo } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Rows } from '../../utils/lib/persistent-vector.ts';
import type { Job } from '../../utils/model/job.ts';
import { type Item, itemKind } from '../../utils/model/job-item.ts';
import { checkedLaterText, itemBadge, itemNote } from '../../utils/wording/bulk-item.ts';
import { Badge } from '../ui/Badge.tsx';
import { type Column, VirtualTable } from '../ui/VirtualTable.tsx';
import { CodeSummary } from './CodeSummary.tsx';

/** The codes of a job, each with its state. */
export function JobTable({ job, items }: { job: Job; items: Rows<Item> }) {
  const columns = useMemo(() => columnsFor(job), [job, t('language')]);
  return <VirtualTable label={t('jobTable')} rows={items} columns={columns} />;
}

function columnsFor(job: Job): Column<Item>[] {
  return [
    { title: t('columnNumber'), width: 5, min: 3.5, cell: ({ position }) => position },
    {
      title: t('qrCodeIdLabel'),
      width: 11,
      min: 9,
      cell: ({ qrCodeId }) => <span class="code">{qrCodeId}</span>,
    },
    {
      title: t('columnSubject'),
      width: 16,
      min: 10,
      givesWay: 1,
      folds: true,
      cell: (item) => <CodeSummary {...item} />,
    },
    {
      title: t('columnOutcome'),
      width: 18,
      min: 14,
      grows: true,
      givesWay: 2,
      folds: true,
      cell: (item) => <ItemOutcome item={item} job={job} />,
    },
  ];
}

function ItemOutcome({ item, job }: { item: Item; job: Job }) {
  const { text, tone } = itemBadge(itemKind(item.state), job.state);
  const note = itemNote(item, job.state, job.account);
  const later = checkedLaterText(item);
  return (
    <div class="verdict">
      <Badge tone={tone}>{text}</Badge>
      {note !== '' && (
        <p>
          <bdi>{note}</bdi>
        </p>
      )}
      {later !== undefined && (
        <p>
          <strong>{later}</strong>
        </p>
      )}
    </div>
  );
}

import { useMemo, useState } from 'preact/hooks';
import type { JobView } from '../../utils/bulk/job-view.ts';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import { isFinalJob, type JobState } from '../../utils/model/job.ts';
import { ITEM_KINDS, type Item, itemKind } from '../../utils/model/job-item.ts';
import type { ItemFilter } from '../../utils/stores/bulk-state.ts';
import { itemBadge } from '../../utils/wording/bulk-item.ts';
import { itemReasons } from '../../utils/wording/reasons.ts';
import { Field } from '../ui/Field.tsx';
import { JobTable } from './JobTable.tsx';
import { ReasonList } from './ReasonList.tsx';
import { useReasons } from './use-reasons.ts';

interface JobItemsProps {
  view: JobView;
  filter: ItemFilter;
  onFilter: (filter: ItemFilter) => void;
}

const NO_ITEMS: readonly Item[] = [];

/** The codes of a job, filtered by outcome and by reason. */
export function JobItems({ view, filter, onFilter }: JobItemsProps) {
  const { job, items, counts } = view;
  const [chosen, setChosen] = useState<string>();
  const ofKind = useMemo(
    () => (filter === 'all' ? items : [...items].filter(({ state }) => itemKind(state) === filter)),
    [items, filter],
  );
  const { reasons, reason, shown } = useReasons({
    rows: ofKind,
    // A code has no reason before the job is over.
    counted: isFinalJob(job.state) ? ofKind : NO_ITEMS,
    reasonsFor: () => itemReasons(job),
    inputs: [job, t('language')],
    chosen,
  });
  // The selected filter stays in the list even if no code has that outcome any more.
  const kinds = ITEM_KINDS.filter((kind) => counts[kind] > 0 || kind === filter);
  return (
    <>
      <div class="item-filter">
        <Field
          label={t('filterShow')}
          control={(attributes) => (
            <select
              {...attributes}
              value={filter}
              onChange={(event) => onFilter(parseFilter(event.currentTarget.value))}
            >
              <option value="all">{t('filterCount', t('filterAll'), formatCount(items.length))}</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {filterLabel(kind, job.state, counts[kind])}
                </option>
              ))}
            </select>
          )}
        />
      </div>
      <ReasonList reasons={reasons} chosen={reason} onChoose={setChosen} />
      {shown.length > 0 ? (
        <JobTable key={`${filter} ${reason}`} job={job} items={shown} />
      ) : (
        <div class="quiet">
          <p>{t('filterNone')}</p>
          <p>{t('filterNoneNext')}</p>
        </div>
      )}
    </>
  );
}

function filterLabel(kind: (typeof ITEM_KINDS)[number], job: JobState, count: number): string {
  return t('filterCount', itemBadge(kind, job).text, formatCount(count));
}

function parseFilter(value: string): ItemFilter {
  return ITEM_KINDS.find((kind) => kind === value) ?? 'all';
}

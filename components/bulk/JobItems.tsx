import { useMemo } from 'preact/hooks';
import type { JobView } from '../../utils/bulk/job-view.ts';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { JobState } from '../../utils/model/job.ts';
import { ITEM_KINDS, itemKind } from '../../utils/model/job-item.ts';
import type { ItemFilter } from '../../utils/stores/bulk-state.ts';
import { itemBadge } from '../../utils/wording/bulk-item.ts';
import { Field } from '../ui/Field.tsx';
import { JobTable } from './JobTable.tsx';

interface JobItemsProps {
  view: JobView;
  filter: ItemFilter;
  onFilter: (filter: ItemFilter) => void;
}

/** The codes of a job, filtered by outcome. */
export function JobItems({ view, filter, onFilter }: JobItemsProps) {
  const { job, items, counts } = view;
  const shown = useMemo(
    () => (filter === 'all' ? items : items.filter(({ state }) => itemKind(state) === filter)),
    [items, filter],
  );
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
      {shown.length > 0 ? (
        <JobTable key={filter} job={job} items={shown} />
      ) : (
        <p class="quiet">{t('filterNone')}</p>
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

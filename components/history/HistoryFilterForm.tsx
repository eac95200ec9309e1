import { ACTIONS, type HistoryFilterName, isEmptyRange } from '../../utils/history/filters.ts';
import { HISTORY_OUTCOMES } from '../../utils/history/history-entry.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { HistoryActions, HistoryState } from '../../utils/stores/history-state.ts';
import { actionText, outcomeChoice } from '../../utils/wording/history.ts';
import { escapeInvisibles, formatDateTime } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { FilterGrid } from '../ui/FilterGrid.tsx';
import { SelectField } from '../ui/SelectField.tsx';

interface HistoryFilterFormProps {
  state: Pick<HistoryState, 'filters' | 'accounts' | 'jobs'>;
  actions: Pick<HistoryActions, 'setFilter' | 'clearFilters'>;
}

type Options = readonly (readonly [value: string, text: string])[];

/** The history's filters. Every change applies at once, and an empty field does not filter. */
export function HistoryFilterForm({ state, actions }: HistoryFilterFormProps) {
  const { filters } = state;
  const inputFor = (name: HistoryFilterName) => ({
    value: filters[name] ?? '',
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      actions.setFilter(name, event.currentTarget.value),
  });
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <FilterGrid>
        <Field
          label={t('filterAttempts')}
          hint={t('findHint')}
          control={(attributes) => (
            <input
              {...attributes}
              type="search"
              maxLength={200}
              autocomplete="off"
              spellcheck={false}
              {...inputFor('find')}
            />
          )}
        />
        {selectFilters(state).map(({ name, label, options }) => (
          <FilterSelect
            key={name}
            label={label}
            value={filters[name] ?? ''}
            options={options}
            onChange={(value) => actions.setFilter(name, value)}
          />
        ))}
        <Field
          label={t('filterFrom')}
          control={(attributes) => <input {...attributes} type="date" {...inputFor('from')} />}
        />
        <Field
          label={t('filterTo')}
          error={isEmptyRange(filters) ? t('historyDayBefore') : undefined}
          control={(attributes) => <input {...attributes} type="date" {...inputFor('to')} />}
        />
      </FilterGrid>
      {Object.values(filters).some((text) => text !== '') && (
        <div class="row">
          <Button onClick={actions.clearFilters}>{t('clearFilters')}</Button>
        </div>
      )}
    </form>
  );
}

interface SelectFilter {
  name: HistoryFilterName;
  label: string;
  options: Options;
}

function selectFilters({ accounts, jobs }: HistoryFilterFormProps['state']): SelectFilter[] {
  return [
    {
      name: 'outcome',
      label: t('filterOutcome'),
      options: HISTORY_OUTCOMES.map((kind) => [kind, outcomeChoice(kind)]),
    },
    {
      name: 'action',
      label: t('columnAction'),
      options: ACTIONS.map((action) => [action, actionText(action)]),
    },
    {
      name: 'environment',
      label: t('environment'),
      options: [
        ['UAT', t('uatLong')],
        ['LIVE', t('liveLong')],
      ],
    },
    {
      name: 'account',
      label: t('columnAccount'),
      options: accounts.map((name) => [name, escapeInvisibles(name)]),
    },
    {
      name: 'job',
      label: t('bulkCancel'),
      options: jobs.map(({ jobId, at }) => [
        String(jobId),
        t('jobChoice', String(jobId), formatDateTime(at)),
      ]),
    },
  ];
}

interface FilterSelectProps {
  label: string;
  value: string;
  options: Options;
  onChange: (value: string) => void;
}

function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  // A value from the URL may be missing from the options: not read yet, or erased.
  const isListed = value === '' || options.some(([option]) => option === value);
  return (
    <SelectField
      label={label}
      value={value}
      options={[
        ['', t('filterAny')],
        ...(isListed ? [] : [[value, escapeInvisibles(value)] as const]),
        ...options,
      ]}
      onChange={onChange}
    />
  );
}

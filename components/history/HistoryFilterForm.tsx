import { ACTIONS, type HistoryFilterName, isEmptyRange } from '../../utils/history/filters.ts';
import { OUTCOMES } from '../../utils/history/history-entry.ts';
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

/** What the history is filtered by; it is at once, with every change. An empty field filters nothing. */
export function HistoryFilterForm({ state, actions }: HistoryFilterFormProps) {
  const { filters, accounts, jobs } = state;
  const inputFor = (name: HistoryFilterName) => ({
    value: filters[name] ?? '',
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      actions.setFilter(name, event.currentTarget.value),
  });
  const choice = (
    name: HistoryFilterName,
    label: string,
    options: readonly (readonly [value: string, words: string])[],
  ) => {
    const chosen = filters[name] ?? '';
    // What an address names may not have been read yet, or not be there any more.
    const isThere = chosen === '' || options.some(([value]) => value === chosen);
    return (
      <SelectField
        label={label}
        value={chosen}
        options={[
          ['', t('filterAny')],
          ...(isThere ? [] : [[chosen, escapeInvisibles(chosen)] as const]),
          ...options,
        ]}
        onChange={(value) => actions.setFilter(name, value)}
      />
    );
  };
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
        {choice(
          'outcome',
          t('filterOutcome'),
          OUTCOMES.map((kind) => [kind, outcomeChoice(kind)] as const),
        )}
        {choice(
          'action',
          t('columnAction'),
          ACTIONS.map((action) => [action, actionText(action)] as const),
        )}
        {choice('environment', t('environment'), [
          ['UAT', t('uatLong')],
          ['LIVE', t('liveLong')],
        ])}
        {choice(
          'account',
          t('columnAccount'),
          accounts.map((name) => [name, escapeInvisibles(name)] as const),
        )}
        {choice(
          'job',
          t('bulkCancel'),
          jobs.map(
            ({ jobId, at }) => [String(jobId), t('jobChoice', String(jobId), formatDateTime(at))] as const,
          ),
        )}
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

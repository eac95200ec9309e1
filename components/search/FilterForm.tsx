import type { InputHTMLAttributes } from 'preact';
import { t } from '../../utils/i18n.ts';
import type { FilterName } from '../../utils/search/filters.ts';
import type { SearchActions, SearchState } from '../../utils/views/search-state.ts';
import { filterTitle } from '../../utils/wording/search.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { FilterGrid } from '../ui/FilterGrid.tsx';
import { SelectField } from '../ui/SelectField.tsx';

interface FilterFormProps {
  state: Pick<SearchState, 'filters' | 'problem' | 'found'>;
  actions: Pick<SearchActions, 'setFilter' | 'search' | 'stop'>;
}

/** What is searched for. An empty field filters nothing. */
export function FilterForm({ state, actions }: FilterFormProps) {
  const { filters, problem, found } = state;
  const fields = { filters, onFilter: actions.setFilter };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void actions.search();
      }}
    >
      <FilterGrid>
        <FilterInput
          {...fields}
          name="text"
          hint={t('filterTextHint')}
          input={{ type: 'text', maxLength: 200 }}
        />
        <FilterChoice
          {...fields}
          name="status"
          options={{ ACTIVE: t('badgeActive'), CANCELLED: t('badgeCancelled') }}
        />
        <FilterChoice
          {...fields}
          name="use"
          options={{ single: t('usesSingle'), multiple: t('usesMultiple') }}
        />
        <FilterInput {...fields} name="createdFrom" input={{ type: 'date' }} />
        <FilterInput
          {...fields}
          name="createdTo"
          error={problem === 'createdTo' ? t('dayBeforeFrom') : undefined}
          input={{ type: 'date' }}
        />
        <FilterInput {...fields} name="amountFrom" input={AMOUNT} />
        <FilterInput
          {...fields}
          name="amountTo"
          error={problem === 'amountTo' ? t('amountBelowFrom') : undefined}
          input={AMOUNT}
        />
      </FilterGrid>
      <div class="row">
        <Button kind="primary" type="submit">
          {t('searchQrCodes')}
        </Button>
        {found?.state === 'searching' && <Button onClick={actions.stop}>{t('searchStop')}</Button>}
      </div>
    </form>
  );
}

const AMOUNT = { type: 'number', min: 0, step: 'any', inputMode: 'decimal' } as const;

interface FilterProps {
  name: FilterName;
  filters: SearchState['filters'];
  onFilter: SearchActions['setFilter'];
}

function FilterInput(
  props: FilterProps & { input: InputHTMLAttributes; hint?: string; error?: string | undefined },
) {
  const { name, filters, onFilter, input, hint, error } = props;
  return (
    <Field
      label={filterTitle(name)}
      hint={hint}
      error={error}
      control={(attributes) => (
        <input
          {...input}
          {...attributes}
          autocomplete="off"
          spellcheck={false}
          value={filters[name] ?? ''}
          onInput={(event) => onFilter(name, event.currentTarget.value)}
        />
      )}
    />
  );
}

function FilterChoice(props: FilterProps & { options: Readonly<Record<string, string>> }) {
  const { name, filters, onFilter, options } = props;
  return (
    <SelectField
      label={filterTitle(name)}
      value={filters[name] ?? ''}
      options={[['', t('filterAny')], ...Object.entries(options)]}
      onChange={(value) => onFilter(name, value)}
    />
  );
}

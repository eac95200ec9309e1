import type { InputHTMLAttributes } from 'preact';
import { t } from '../../utils/i18n/i18n.ts';
import { type FilterName, MAX_TEXT_LENGTH } from '../../utils/search/filters.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { filterProblemText, filterTitle } from '../../utils/wording/search.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { FilterGrid } from '../ui/FilterGrid.tsx';
import { SelectField } from '../ui/SelectField.tsx';

interface FilterFormProps {
  state: Pick<SearchState, 'filters' | 'problem' | 'found'>;
  actions: Pick<SearchActions, 'setFilter' | 'clearFilters' | 'search' | 'stop'>;
}

/** The search filters. An empty field does not filter. */
export function FilterForm({ state, actions }: FilterFormProps) {
  const { filters, problem, found } = state;
  const field = (name: FilterName) => ({
    name,
    text: filters[name] ?? '',
    error: problem?.field === name ? filterProblemText(problem, filters[name]) : undefined,
    onFilter: actions.setFilter,
  });
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
          {...field('text')}
          hint={t('filterTextHint')}
          input={{ type: 'text', maxLength: MAX_TEXT_LENGTH }}
        />
        <FilterChoice
          {...field('status')}
          options={{ ACTIVE: t('badgeActive'), CANCELLED: t('badgeCancelled') }}
        />
        <FilterChoice {...field('use')} options={{ single: t('usesSingle'), multiple: t('usesMultiple') }} />
        <FilterInput {...field('createdFrom')} input={{ type: 'date' }} />
        <FilterInput {...field('createdTo')} input={{ type: 'date' }} />
        <FilterInput {...field('expiryFrom')} input={{ type: 'date' }} />
        <FilterInput {...field('expiryTo')} input={{ type: 'date' }} />
        <FilterInput {...field('amountFrom')} input={AMOUNT} />
        <FilterInput {...field('amountTo')} input={AMOUNT} />
      </FilterGrid>
      <div class="row">
        <Button kind="primary" type="submit">
          {t('searchQrCodes')}
        </Button>
        {Object.values(filters).some((text) => text !== '') && (
          <Button onClick={actions.clearFilters}>{t('clearFilters')}</Button>
        )}
        {found?.state === 'searching' && <Button onClick={actions.stop}>{t('searchStop')}</Button>}
      </div>
    </form>
  );
}

/** Not a number input: those return an empty text for invalid input, and accept `1e3`. */
const AMOUNT = { type: 'text', inputMode: 'decimal' } as const;

interface FilterProps {
  name: FilterName;
  text: string;
  error: string | undefined;
  onFilter: SearchActions['setFilter'];
}

function FilterInput(props: FilterProps & { input: InputHTMLAttributes; hint?: string }) {
  const { name, text, error, onFilter, input, hint } = props;
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
          value={text}
          onInput={(event) => onFilter(name, event.currentTarget.value)}
        />
      )}
    />
  );
}

function FilterChoice(props: FilterProps & { options: Readonly<Record<string, string>> }) {
  const { name, text, error, onFilter, options } = props;
  return (
    <SelectField
      label={filterTitle(name)}
      error={error}
      value={text}
      options={[['', t('filterAny')], ...Object.entries(options)]}
      onChange={(value) => onFilter(name, value)}
    />
  );
}

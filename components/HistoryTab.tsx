import { t } from '../utils/i18n.ts';
import { filterAttempts, type WorkbenchActions, type WorkbenchState } from '../utils/views/workbench.ts';
import { AttemptTable } from './AttemptTable.tsx';
import { Field } from './ui/Field.tsx';

/** The codes that were checked and cancelled, newest first, with a filter. */
export function HistoryTab({ state, actions }: { state: WorkbenchState; actions: WorkbenchActions }) {
  const { attempts, filter, chosen } = state;
  if (!attempts) return null;
  const shown = filterAttempts(attempts, filter);
  return (
    <div class="stack">
      <Field
        label={t('filterAttempts')}
        control={(attributes) => (
          <input
            {...attributes}
            type="search"
            value={filter}
            onInput={(event) => actions.setFilter(event.currentTarget.value)}
          />
        )}
      />
      {shown.length > 0 ? (
        <AttemptTable attempts={shown} chosen={chosen} />
      ) : (
        <p class="quiet">{attempts.length === 0 ? t('historyEmpty') : t('historyNoMatch', filter)}</p>
      )}
    </div>
  );
}

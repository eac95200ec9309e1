import { useId } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { ColumnChoice as Choice } from '../../utils/qr-code-id/list-sources.ts';
import { columnTitle } from '../../utils/wording/column.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import '../ui/field.css';

interface ColumnChoiceProps {
  choice: Choice;
  chosen: number | 'all' | undefined;
  /** The name of the table's file, if there are several files. */
  of?: string | undefined;
  onChoose: (column: number | 'all') => void;
}

/** Characters shown of a value, which may be a whole paragraph. */
const VALUE_SHOWN = 40;

/** The question which column of a table holds the ids. Shows each column's heading and first values. */
export function ColumnChoice({ choice, chosen, of, onChoose }: ColumnChoiceProps) {
  const name = useId();
  return (
    <div class="field" role="radiogroup" aria-labelledby={`${name}-legend`} aria-required>
      <span class="legend" id={`${name}-legend`}>
        {of === undefined ? t('columnQuestion') : t('columnQuestionOf', escapeInvisibles(of))}
      </span>
      {choice.columns.map(({ index, title, values }) => (
        <label class="choice" key={index}>
          <input type="radio" name={name} checked={chosen === index} onChange={() => onChoose(index)} />
          <span>
            <bdi>
              <strong>{columnTitle(title, index)}</strong>
            </bdi>
            {values.length > 0 && ': '}
            <bdi class="code">
              {values.map((value) => escapeInvisibles(value.slice(0, VALUE_SHOWN))).join(', ')}
            </bdi>
          </span>
        </label>
      ))}
      {choice.mayTakeAll && (
        <div class="row">
          <Button onClick={() => onChoose('all')}>{t('columnTakeAll')}</Button>
        </div>
      )}
    </div>
  );
}

import { t } from '../../utils/i18n.ts';
import { literal } from '../../utils/wording/qr-code.ts';
import { Field } from '../ui/Field.tsx';

interface ColumnChoiceProps {
  columns: readonly { index: number; title: string }[];
  chosen: number | undefined;
  onChoose: (column: number) => void;
}

/** Which column of a table holds the ids. */
export function ColumnChoice({ columns, chosen, onChoose }: ColumnChoiceProps) {
  return (
    <Field
      label={t('columnWithIds')}
      control={(attributes) => (
        <select
          {...attributes}
          value={String(chosen ?? '')}
          onChange={(event) => onChoose(Number(event.currentTarget.value))}
        >
          {columns.map(({ index, title }) => (
            <option key={index} value={String(index)}>
              {title.trim() === '' ? t('columnUntitled', String(index + 1)) : literal(title)}
            </option>
          ))}
        </select>
      )}
    />
  );
}

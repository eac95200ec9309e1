import { useEffect, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { MAX_OPERATOR_LENGTH } from '../../utils/settings/settings.ts';
import { Field } from '../ui/Field.tsx';

interface OperatorFieldProps {
  operator: string;
  onChange: (operator: string) => void;
}

/** The operator's name for the history. Saved on blur or Enter. */
export function OperatorField({ operator, onChange }: OperatorFieldProps) {
  const [typed, setTyped] = useState(operator);
  useEffect(() => setTyped(operator), [operator]);
  return (
    <Field
      label={t('operatorName')}
      hint={t('operatorNameHint')}
      control={(attributes) => (
        <input
          {...attributes}
          type="text"
          maxLength={MAX_OPERATOR_LENGTH}
          autocomplete="off"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    />
  );
}

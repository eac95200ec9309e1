import { t } from '../../utils/i18n/i18n.ts';
import { Field } from './Field.tsx';

interface ConfirmationInputProps {
  /** The text to type. */
  word: string;
  typed: string;
  /** Explains the difference between the typed text and `word`. */
  hint?: string | undefined;
  disabled: boolean;
  onTyped: (typed: string) => void;
}

/** The field in which the operator types a text to confirm. */
export function ConfirmationInput({ word, typed, hint, disabled, onTyped }: ConfirmationInputProps) {
  return (
    <Field
      label={t('bulkType', word)}
      hint={hint && <span aria-live="polite">{hint}</span>}
      control={(attributes) => (
        <input
          {...attributes}
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          disabled={disabled}
          value={typed}
          onInput={(event) => onTyped(event.currentTarget.value)}
        />
      )}
    />
  );
}

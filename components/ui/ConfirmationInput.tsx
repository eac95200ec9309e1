import { t } from '../../utils/i18n/i18n.ts';
import { Field } from './Field.tsx';

interface WordFieldProps {
  /** What has to be typed. */
  word: string;
  typed: string;
  /** What is still missing of what was typed. */
  hint?: string | undefined;
  disabled: boolean;
  onTyped: (typed: string) => void;
}

/** Where a word is typed by whoever is about to do something big. */
export function ConfirmationInput({ word, typed, hint, disabled, onTyped }: WordFieldProps) {
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

import { t } from '../../utils/i18n.ts';
import { Field } from './Field.tsx';

interface WordFieldProps {
  /** What has to be typed. */
  word: string;
  typed: string;
  disabled: boolean;
  onTyped: (typed: string) => void;
}

/** Where a word is typed by whoever is about to do something big. */
export function WordField({ word, typed, disabled, onTyped }: WordFieldProps) {
  return (
    <Field
      label={t('bulkType', word)}
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

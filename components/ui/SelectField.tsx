import { Field } from './Field.tsx';

interface SelectFieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  /** Each choice's value and text. */
  options: readonly (readonly [value: string, words: string])[];
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** A labelled drop-down list. */
export function SelectField({ label, hint, error, value, options, disabled, onChange }: SelectFieldProps) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      control={(attributes) => (
        <select
          {...attributes}
          value={value}
          disabled={disabled ?? false}
          onChange={({ currentTarget: select }) => {
            const chosen = select.value;
            // Keeps showing the current value: the new one may have to be confirmed first.
            select.value = value;
            onChange(chosen);
          }}
        >
          {options.map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </select>
      )}
    />
  );
}

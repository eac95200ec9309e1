import { Field } from './Field.tsx';

interface SelectFieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  /** Each choice's value and its words. */
  options: readonly (readonly [value: string, words: string])[];
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** One choice out of several, as a list that drops down. */
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
            // It shows what holds: what is chosen may have to be confirmed first.
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

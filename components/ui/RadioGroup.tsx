import { useId } from 'preact/hooks';
import './field.css';

interface ChoicesProps<Value extends string> {
  legend: string;
  value: Value;
  options: readonly { value: Value; label: string; disabled?: boolean }[];
  error?: string | undefined;
  onChange: (value: Value) => void;
}

export function RadioGroup<Value extends string>({
  legend,
  value,
  options,
  error,
  onChange,
}: ChoicesProps<Value>) {
  const name = useId();
  return (
    <div class="field" role="radiogroup" aria-labelledby={`${name}-legend`}>
      <span class="legend" id={`${name}-legend`}>
        {legend}
      </span>
      <div class="row">
        {options.map((option) => (
          <label class="choice" key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.disabled ?? false}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  /** Renders the control with the attributes that link it to label, hint and error. */
  control: (attributes: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => JSX.Element;
}

/** A labelled control with a hint, and an error that screen readers announce. */
export function Field({ label, hint, error, control }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {control({ id, 'aria-describedby': note, 'aria-invalid': error !== undefined })}
      <div id={note}>
        {error === undefined ? (
          hint && <div class="quiet">{hint}</div>
        ) : (
          <div class="field-error" role="alert">
            {error}
          </div>
        )}
      </div>
    </div>
  );
}

import { t } from '../../utils/i18n/i18n.ts';
import { MAX_REASON } from '../../utils/model/reason.ts';
import { Field } from '../ui/Field.tsx';

interface ReasonFieldProps {
  reason: string;
  required: boolean;
  disabled: boolean;
  onReason: (reason: string) => void;
}

/** The field for the reason of a cancel, which the history records. */
export function ReasonField({ reason, required, disabled, onReason }: ReasonFieldProps) {
  return (
    <Field
      label={required ? t('reason') : t('reasonOptional')}
      hint={required ? t('reasonRequiredHint') : undefined}
      control={(attributes) => (
        <input
          {...attributes}
          type="text"
          maxLength={MAX_REASON}
          autocomplete="off"
          required={required}
          disabled={disabled}
          value={reason}
          onInput={(event) => onReason(event.currentTarget.value)}
        />
      )}
    />
  );
}

import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Policy } from '../../utils/settings/policy.ts';
import type { ProtectionChange } from '../../utils/stores/options-state.ts';
import { isLongEnough, MIN_PASSPHRASE_LENGTH } from '../../utils/vault/passphrase-policy.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';

interface PassphraseFormProps {
  hasPassphrase: boolean;
  policy: Policy;
  busy: boolean;
  /** Resolves with the reason if nothing was changed, else with `undefined`. */
  onProtect: (change: ProtectionChange) => Promise<string | undefined>;
}

const EMPTY = { present: '', fresh: '', repeated: '' };
type Fields = typeof EMPTY;
type FieldName = keyof Fields;

/** The form that sets, changes or removes the passphrase. Clears its fields after a change. */
export function PassphraseForm({ hasPassphrase, policy, busy, onProtect }: PassphraseFormProps) {
  const [typed, setTyped] = useState(EMPTY);
  const [errors, setErrors] = useState<Partial<Record<FieldName, string | undefined>>>({});
  const present = hasPassphrase ? { presentPassphrase: typed.present } : {};

  async function protect(change: ProtectionChange) {
    const refusal = await onProtect(change);
    if (refusal !== undefined) return setErrors(hasPassphrase ? { present: refusal } : { fresh: refusal });
    setTyped(EMPTY);
    setErrors({});
  }

  function setPassphrase() {
    const found = problemsOf(typed, hasPassphrase);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    void protect({ target: { kind: 'passphrase', passphrase: typed.fresh }, ...present });
  }

  function removePassphrase() {
    if (typed.present === '') return setErrors({ present: t('passphraseRequired') });
    void protect({ target: { kind: 'device' }, ...present });
  }

  const field = (name: FieldName) => ({
    name,
    value: typed[name],
    error: errors[name],
    onInput(value: string) {
      setTyped({ ...typed, [name]: value });
      setErrors({ ...errors, [name]: undefined });
    },
  });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setPassphrase();
      }}
    >
      {hasPassphrase && <PassphraseInput {...field('present')} label={t('presentPassphrase')} />}
      <PassphraseInput
        {...field('fresh')}
        label={t('newPassphrase')}
        hint={t('passphraseHint', String(MIN_PASSPHRASE_LENGTH))}
      />
      <PassphraseInput {...field('repeated')} label={t('repeatPassphrase')} />
      <FormButtons
        hasPassphrase={hasPassphrase}
        busy={busy}
        isRequired={policy.requirePassphrase}
        onRemove={removePassphrase}
      />
    </form>
  );
}

interface FormButtonsProps extends Pick<PassphraseFormProps, 'hasPassphrase' | 'busy'> {
  /** Whether a policy requires a passphrase. */
  isRequired: boolean;
  onRemove: () => void;
}

function FormButtons({ hasPassphrase, busy, isRequired, onRemove }: FormButtonsProps) {
  return (
    <div class="row">
      <Button kind="primary" type="submit" busy={busy}>
        {hasPassphrase ? t('changePassphrase') : t('setPassphrase')}
      </Button>
      {hasPassphrase && (
        <Button busy={busy} disabled={isRequired} onClick={onRemove}>
          {t('removePassphrase')}
        </Button>
      )}
      {hasPassphrase && isRequired && <span class="quiet">{t('byAdministrator')}</span>}
    </div>
  );
}

interface PassphraseInputProps {
  name: FieldName;
  label: string;
  hint?: string;
  value: string;
  error: string | undefined;
  onInput: (value: string) => void;
}

function PassphraseInput({ name, label, hint, value, error, onInput }: PassphraseInputProps) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      control={(attributes) => (
        <input
          {...attributes}
          type="password"
          autocomplete={name === 'present' ? 'current-password' : 'new-password'}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    />
  );
}

function problemsOf({ present, fresh, repeated }: Fields, hasPassphrase: boolean): Partial<Fields> {
  return {
    ...(hasPassphrase && present === '' ? { present: t('passphraseRequired') } : {}),
    ...(isLongEnough(fresh) ? {} : { fresh: t('passphraseTooShort', String(MIN_PASSPHRASE_LENGTH)) }),
    ...(fresh === repeated ? {} : { repeated: t('passphrasesDiffer') }),
  };
}

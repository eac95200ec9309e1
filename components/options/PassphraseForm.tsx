import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Policy } from '../../utils/settings/policy.ts';
import type { ProtectionChange } from '../../utils/stores/options.ts';
import { isLongEnough, MIN_PASSPHRASE_LENGTH } from '../../utils/vault/passphrase-policy.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';

interface PassphraseFormProps {
  hasPassphrase: boolean;
  policy: Policy;
  busy: boolean;
  /** Answers why nothing was changed, or nothing where it was. */
  onProtect: (change: ProtectionChange) => Promise<string | undefined>;
}

const EMPTY = { present: '', fresh: '', repeated: '' };
type Typed = typeof EMPTY;

/** Sets, changes or takes away the passphrase. What was typed is forgotten once it has been used. */
export function PassphraseForm({ hasPassphrase, policy, busy, onProtect }: PassphraseFormProps) {
  const [typed, setTyped] = useState(EMPTY);
  const [errors, setErrors] = useState<Partial<Record<keyof Typed, string | undefined>>>({});
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

  const field = (name: keyof Typed, label: string, hint?: string) => (
    <Field
      label={label}
      hint={hint}
      error={errors[name]}
      control={(attributes) => (
        <input
          {...attributes}
          type="password"
          autocomplete={name === 'present' ? 'current-password' : 'new-password'}
          value={typed[name]}
          onInput={(event) => {
            setTyped({ ...typed, [name]: event.currentTarget.value });
            setErrors({ ...errors, [name]: undefined });
          }}
        />
      )}
    />
  );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setPassphrase();
      }}
    >
      {hasPassphrase && field('present', t('presentPassphrase'))}
      {field('fresh', t('newPassphrase'), t('passphraseHint', String(MIN_PASSPHRASE_LENGTH)))}
      {field('repeated', t('repeatPassphrase'))}
      <div class="row">
        <Button kind="primary" type="submit" busy={busy}>
          {hasPassphrase ? t('changePassphrase') : t('setPassphrase')}
        </Button>
        {hasPassphrase && (
          <Button busy={busy} disabled={policy.requirePassphrase} onClick={removePassphrase}>
            {t('removePassphrase')}
          </Button>
        )}
        {hasPassphrase && policy.requirePassphrase && <span class="quiet">{t('byAdministrator')}</span>}
      </div>
    </form>
  );
}

function problemsOf({ present, fresh, repeated }: Typed, hasPassphrase: boolean): Partial<Typed> {
  return {
    ...(hasPassphrase && present === '' ? { present: t('passphraseRequired') } : {}),
    ...(isLongEnough(fresh) ? {} : { fresh: t('passphraseTooShort', String(MIN_PASSPHRASE_LENGTH)) }),
    ...(fresh === repeated ? {} : { repeated: t('passphrasesDiffer') }),
  };
}

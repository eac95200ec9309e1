import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';

/** The form for the passphrase. Clears the field after every attempt. */
export function UnlockForm({ onUnlock }: { onUnlock: (passphrase: string) => Promise<string | undefined> }) {
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  async function unlock() {
    if (busy) return;
    if (passphrase === '') return setError(t('passphraseRequired'));
    setBusy(true);
    setError(await onUnlock(passphrase).catch(() => t('loadFailedText')));
    setPassphrase('');
    setBusy(false);
  }
  return (
    <form
      class="stack unlock"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <h2>{t('lockedTitle')}</h2>
      <p>{t('lockedText')}</p>
      <Field
        label={t('passphrase')}
        error={error}
        control={(attributes) => (
          <input
            {...attributes}
            ref={field}
            type="password"
            autocomplete="current-password"
            value={passphrase}
            onInput={(event) => {
              setPassphrase(event.currentTarget.value);
              setError(undefined);
            }}
          />
        )}
      />
      <div class="row">
        <Button kind="primary" type="submit" busy={busy}>
          {busy ? t('unlocking') : t('unlock')}
        </Button>
      </div>
    </form>
  );
}

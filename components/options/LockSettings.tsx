import { plural, t } from '../../utils/i18n/i18n.ts';
import type { AppState, Request } from '../../utils/messaging/protocol.ts';
import type { ProtectionChange } from '../../utils/stores/options-state.ts';
import { LOCK_AFTER_MINUTES, type LockAfterMinutes } from '../../utils/vault/auto-lock.ts';
import { formatDuration } from '../../utils/wording/duration.ts';
import { Field } from '../ui/Field.tsx';
import { RadioGroup } from '../ui/RadioGroup.tsx';
import { PassphraseForm } from './PassphraseForm.tsx';

interface LockSettingsProps {
  page: AppState;
  busy: boolean;
  onProtect: (change: ProtectionChange) => Promise<string | undefined>;
  onChange: (change: Request<'updateSettings'>) => void;
}

/** The protection of the keys: passphrase, auto-lock, or storage without a passphrase. */
export function LockSettings({ page, busy, onProtect, onChange }: LockSettingsProps) {
  const { vault, policy, settings } = page;
  if (vault.status === 'problem') return null;
  const hasPassphrase = vault.protection === 'passphrase';
  const longest = policy.maxLockMinutes;
  return (
    <div class="card stack">
      {!hasPassphrase && (
        <p class={policy.requirePassphrase ? 'report warning' : undefined}>
          {policy.requirePassphrase ? t('needsPassphrase') : t('lockRecommended')}
        </p>
      )}
      <PassphraseForm hasPassphrase={hasPassphrase} policy={policy} busy={busy} onProtect={onProtect} />
      {hasPassphrase ? (
        <Field
          label={t('lockAfter')}
          hint={longest === undefined ? undefined : plural('lockAfterPolicy', longest)}
          control={(attributes) => (
            <select
              {...attributes}
              value={settings.lockAfterMinutes}
              onChange={(event) =>
                onChange({ lockAfterMinutes: Number(event.currentTarget.value) as LockAfterMinutes })
              }
            >
              {LOCK_AFTER_MINUTES.map((minutes) => (
                <option key={minutes} value={minutes} disabled={longest !== undefined && minutes > longest}>
                  {formatDuration(minutes)}
                </option>
              ))}
            </select>
          )}
        />
      ) : (
        <div>
          <RadioGroup
            legend={t('keepKeysLegend')}
            value={vault.protection === 'session' ? 'session' : 'device'}
            options={[
              { value: 'device', label: t('keepOnDevice') },
              { value: 'session', label: t('keepInSession') },
            ]}
            onChange={(kind) => void onProtect({ target: { kind } })}
          />
          <p class="quiet">
            {vault.protection === 'session' ? t('keepInSessionText') : t('keepOnDeviceText')}
          </p>
        </div>
      )}
    </div>
  );
}

import { t } from '../../utils/i18n/i18n.ts';
import { LANGUAGES, type Language, type LanguageChoice } from '../../utils/i18n/language.ts';
import { WAIT_SECONDS, type WaitSeconds } from '../../utils/model/planned-time.ts';
import type { Policy } from '../../utils/settings/policy.ts';
import type { Settings } from '../../utils/settings/settings.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Field } from '../ui/Field.tsx';
import { RadioGroup } from '../ui/RadioGroup.tsx';

interface BehaviourFormProps {
  settings: Settings;
  policy: Policy;
  onChange: (change: Partial<Settings>) => void;
}

/** Each language by its own name, so that its speakers recognise it in any language of the page. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  hi: 'हिन्दी',
  mr: 'मराठी',
  ta: 'தமிழ்',
  te: 'తెలుగు',
  bn: 'বাংলা',
  gu: 'ગુજરાતી',
  kn: 'ಕನ್ನಡ',
};

/** Confirmation, notifications, theme and language. Every change is saved at once. */
export function BehaviourForm({ settings, policy, onChange }: BehaviourFormProps) {
  return (
    <div class="card stack">
      <div>
        <Checkbox
          label={t('askBeforeCancelling')}
          checked={settings.confirmBeforeCancelling || policy.forbidSkippingConfirmation}
          disabled={policy.forbidSkippingConfirmation}
          onChange={(confirmBeforeCancelling) =>
            onChange({ confirmBeforeCancelling, skipConfirmationInLive: false })
          }
        />
        <p class="quiet">{policy.forbidSkippingConfirmation ? t('byAdministrator') : t('askHint')}</p>
        <Checkbox
          label={t('skipAskingLive')}
          checked={settings.skipConfirmationInLive && !policy.forbidSkippingConfirmation}
          disabled={settings.confirmBeforeCancelling || policy.forbidSkippingConfirmation}
          onChange={(skipConfirmationInLive) => onChange({ skipConfirmationInLive })}
        />
      </div>
      <WaitChoice settings={settings} onChange={onChange} />
      <RadioGroup
        legend={t('notifications')}
        value={settings.notifications}
        options={[
          { value: 'always', label: t('notificationsAlways') },
          { value: 'off-screen', label: t('notificationsOffScreen') },
          { value: 'none', label: t('notificationsNone') },
        ]}
        onChange={(notifications) => onChange({ notifications })}
      />
      <RadioGroup
        legend={t('theme')}
        value={settings.theme}
        options={[
          { value: 'system', label: t('themeSystem') },
          { value: 'light', label: t('themeLight') },
          { value: 'dark', label: t('themeDark') },
        ]}
        onChange={(theme) => onChange({ theme })}
      />
      <Field
        label={t('languageLabel')}
        control={(attributes) => (
          <select
            {...attributes}
            value={settings.language}
            onChange={(event) => onChange({ language: event.currentTarget.value as LanguageChoice })}
          >
            <option value="system">{t('languageSystem')}</option>
            {LANGUAGES.map((language) => (
              <option key={language} value={language} lang={language}>
                {LANGUAGE_NAMES[language]}
              </option>
            ))}
          </select>
        )}
      />
    </div>
  );
}

function WaitChoice({ settings, onChange }: Pick<BehaviourFormProps, 'settings' | 'onChange'>) {
  const { waitBeforeCancelling, waitForSingle } = settings;
  return (
    <div>
      <RadioGroup
        legend={t('waitBefore')}
        value={String(waitBeforeCancelling)}
        options={WAIT_SECONDS.map((seconds) => ({
          value: String(seconds),
          label: seconds === 0 ? t('waitNone') : t('waitSeconds', String(seconds)),
        }))}
        onChange={(value) => onChange({ waitBeforeCancelling: Number(value) as WaitSeconds })}
      />
      <p class="quiet">{t('waitHint', t('keepActive'))}</p>
      <Checkbox
        label={t('waitAlsoOne')}
        checked={waitForSingle && waitBeforeCancelling > 0}
        disabled={waitBeforeCancelling === 0}
        onChange={(checked) => onChange({ waitForSingle: checked })}
      />
    </div>
  );
}

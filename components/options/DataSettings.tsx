import { t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { RETENTION_CHOICES_DAYS } from '../../utils/settings/settings.ts';
import type { OptionsActions } from '../../utils/stores/options-state.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { Button } from '../ui/Button.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { OperatorField } from './OperatorField.tsx';

interface DataSettingsProps {
  page: AppState;
  busy: boolean;
  actions: Pick<OptionsActions, 'ask' | 'updateSettings' | 'exportHistory' | 'keepHistory'>;
}

/** The operator's name, and retention, export and deletion of the stored data. */
export function DataSettings({ page, busy, actions }: DataSettingsProps) {
  const { historyRetentionDays, operator } = page.settings;
  return (
    <div class="card stack">
      <p>{t('dataText')}</p>
      <OperatorField
        operator={operator}
        onChange={(changed) => void actions.updateSettings({ operator: changed })}
      />
      <SelectField
        label={t('keepHistory')}
        hint={historyRetentionDays === null ? undefined : t('keepHistoryHint')}
        value={String(historyRetentionDays)}
        options={[
          ['null', t('keepHistoryAll')],
          ...RETENTION_CHOICES_DAYS.map(
            (days) => [String(days), t('keepHistoryDays', String(days))] as const,
          ),
        ]}
        disabled={page.vault.status === 'locked'}
        onChange={(value) =>
          void actions.keepHistory(RETENTION_CHOICES_DAYS.find((days) => String(days) === value) ?? null)
        }
      />
      <div class="row">
        <Button busy={busy} onClick={() => void actions.exportHistory()}>
          {t('exportHistory')}
        </Button>
        <Button kind="danger" onClick={() => actions.ask({ about: 'erase' })}>
          {t('eraseHistory')}
        </Button>
        <Button kind="danger" onClick={() => actions.ask({ about: 'forget' })}>
          {t('forgetEverything')}
        </Button>
      </div>
      <div>
        <p class="quiet">{t('supportDetailsHint')}</p>
        <CopySupportDetails />
      </div>
    </div>
  );
}

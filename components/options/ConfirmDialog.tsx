import { plural, t } from '../../utils/i18n/i18n.ts';
import type { OptionsState } from '../../utils/stores/options-state.ts';
import { ConfirmationDialog } from '../shared/ConfirmationDialog.tsx';

interface ConfirmDialogProps {
  confirmation: NonNullable<OptionsState['confirmation']>;
  onKeep: () => void;
  onConfirm: () => void;
}

/** The confirmation before data is permanently deleted from this browser. */
export function ConfirmDialog({ confirmation, onKeep, onConfirm }: ConfirmDialogProps) {
  return <ConfirmationDialog {...texts(confirmation)} onKeep={onKeep} onConfirm={onConfirm} />;
}

function texts(confirmation: NonNullable<OptionsState['confirmation']>) {
  switch (confirmation.about) {
    case 'remove':
      return {
        title: t('removeTitle', confirmation.account.name),
        text: t('removeText'),
        keepLabel: t('keepAccount'),
        confirmLabel: t('removeAccount', confirmation.account.name),
      };
    case 'erase':
      return {
        title: t('eraseTitle'),
        text: t('eraseText'),
        keepLabel: t('keepHistory'),
        confirmLabel: t('eraseHistory'),
      };
    case 'retention':
      return {
        title: t('retentionTitle', String(confirmation.days)),
        text: retentionText(confirmation.count),
        keepLabel: t('keepAsIs'),
        confirmLabel: t('retentionConfirm', String(confirmation.days)),
      };
    case 'forget':
      return {
        title: t('forgetTitle'),
        text: t('forgetText'),
        keepLabel: t('keepEverything'),
        confirmLabel: t('forgetEverything'),
      };
  }
}

function retentionText(count: number): string {
  return count === 0 ? t('retentionNone') : plural('retention', count);
}

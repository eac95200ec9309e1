import { plural, t } from '../../utils/i18n/i18n.ts';
import type { OptionsState } from '../../utils/stores/options.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';

interface OptionsQuestionProps {
  asking: NonNullable<OptionsState['confirmation']>;
  onKeep: () => void;
  onConfirm: () => void;
}

/** The question before something is taken out of this browser for good. */
export function ConfirmDialog({ asking, onKeep, onConfirm }: OptionsQuestionProps) {
  const { title, text, keepLabel, confirmLabel } = words(asking);
  return (
    <AlertDialog
      title={title}
      keepLabel={keepLabel}
      onKeep={onKeep}
      confirmLabel={confirmLabel}
      onConfirm={onConfirm}
    >
      <p>{text}</p>
    </AlertDialog>
  );
}

function words(asking: NonNullable<OptionsState['confirmation']>) {
  switch (asking.about) {
    case 'remove':
      return {
        title: t('removeTitle', asking.account.name),
        text: t('removeText'),
        keepLabel: t('keepAccount'),
        confirmLabel: t('removeAccount', asking.account.name),
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
        title: t('retentionTitle', String(asking.days)),
        text: retentionText(asking.count),
        keepLabel: t('keepAsIs'),
        confirmLabel: t('retentionConfirm', String(asking.days)),
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

import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';

interface ExportButtonProps {
  label: string;
  disabled?: boolean;
  /** Whether another export is running. */
  busy?: boolean;
  onExport: () => Promise<void>;
}

/** An export button that shows progress, because the file of a long table takes seconds. */
export function ExportButton({ label, disabled, busy, onExport }: ExportButtonProps) {
  const [state, setState] = useState<'making' | 'failed' | undefined>();
  async function make() {
    setState('making');
    try {
      await onExport();
      setState(undefined);
    } catch {
      setState('failed');
    }
  }
  return (
    <>
      <Button
        disabled={disabled ?? false}
        busy={busy === true || state === 'making'}
        onClick={() => void make()}
      >
        {state === 'making' ? t('exporting') : label}
      </Button>
      {state === 'failed' && (
        <span class="field-error" role="alert">
          {t('exportFailed')}
        </span>
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';

interface ExcelButtonProps {
  label: string;
  disabled?: boolean;
  onExport: () => Promise<void>;
}

/** A button that makes a workbook, which takes seconds for a long table, and says so. */
export function ExcelButton({ label, disabled, onExport }: ExcelButtonProps) {
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
      <Button disabled={disabled ?? false} busy={state === 'making'} onClick={() => void make()}>
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

import { t } from '../../utils/i18n/i18n.ts';
import './progress-bar.css';
import { Announcer } from './Announcer.tsx';

interface ProgressBarProps {
  label: string;
  value: number;
  max: number;
}

/** A progress bar. Screen readers announce every tenth only. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const tenths = max > 0 ? Math.floor((value / max) * 10) : 0;
  return (
    <>
      <progress class="progress-bar" aria-label={label} value={value} max={max} />
      <Announcer text={tenths > 0 ? t('progressSpoken', label, String(tenths * 10)) : ''} />
    </>
  );
}

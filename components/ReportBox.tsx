import { t } from '../utils/i18n.ts';
import type { Report } from '../utils/wording/report.ts';
import { Button } from './ui/Button.tsx';
import './ui/report.css';

interface ReportBoxProps {
  report: Report;
  onCheckAgain?: () => void;
  onOpenSettings?: () => void;
}

/** How something ended. A failure interrupts a screen reader, a success waits for its turn. */
export function ReportBox({ report, onCheckAgain, onOpenSettings }: ReportBoxProps) {
  const bad = report.tone === 'danger' || report.tone === 'warning';
  const check = report.offerCheck && onCheckAgain;
  const settings = report.offerSettings && onOpenSettings;
  return (
    <div class={`report ${report.tone}`}>
      <div class="stack" role={bad ? 'alert' : 'status'}>
        <strong>{report.title}</strong>
        {report.sentences.map((sentence, index) => (
          <p key={index}>{sentence}</p>
        ))}
      </div>
      {(check || settings) && (
        <div class="row">
          {check && <Button onClick={onCheckAgain}>{t('checkAgain')}</Button>}
          {settings && <Button onClick={onOpenSettings}>{t('openSettings')}</Button>}
        </div>
      )}
    </div>
  );
}

import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/wording/gateway.ts';
import type { Report } from '../../utils/wording/report.ts';
import { Button } from '../ui/Button.tsx';
import { CopySupportDetails } from './CopySupportDetails.tsx';
import '../ui/report.css';

interface ReportBoxProps {
  report: Report;
  /** Whose report it is; if absent, that of the account in use. */
  account?: AccountRef | undefined;
  /** The code it is about, where nothing else on the page shows it. */
  qrCodeId?: string | undefined;
  onCheckAgain?: () => void;
  onCancelAnyway?: () => void;
  onOpenSettings?: () => void;
}

/**
 * How something ended. A failure interrupts a screen reader by itself; the rest is for a live region that was there
 * before, since one that comes with its text is often not read.
 */
export function ResultMessage({
  report,
  account,
  qrCodeId,
  onCheckAgain,
  onCancelAnyway,
  onOpenSettings,
}: ReportBoxProps) {
  const isFailure = report.tone === 'danger' || report.tone === 'warning';
  const check = report.offerCheck && onCheckAgain;
  const anyway = report.offerCancelAnyway && onCancelAnyway;
  const settings = report.offerSettings && onOpenSettings;
  return (
    <div class={`report ${report.tone}`}>
      <div class="stack" role={isFailure ? 'alert' : undefined}>
        <strong>{report.title}</strong>
        {qrCodeId && <p class="code">{qrCodeId}</p>}
        {report.sentences.map((sentence, index) => (
          <p key={index}>{sentence}</p>
        ))}
      </div>
      {(check || anyway || settings || isFailure) && (
        <div class="row">
          {check && <Button onClick={onCheckAgain}>{t('checkAgain')}</Button>}
          {anyway && <Button onClick={onCancelAnyway}>{t('cancelAnywayDots')}</Button>}
          {settings && <Button onClick={onOpenSettings}>{t('openSettings')}</Button>}
          {isFailure && <CopySupportDetails account={account} />}
        </div>
      )}
    </div>
  );
}

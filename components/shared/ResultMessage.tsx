import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { Report } from '../../utils/wording/report.ts';
import { Button } from '../ui/Button.tsx';
import { CopySupportDetails } from './CopySupportDetails.tsx';
import '../ui/report.css';

interface ResultMessageProps {
  report: Report;
  /** The account of the action; default: the current account. */
  account?: AccountRef | undefined;
  /** The code of the action, if nothing else on the page shows it. */
  qrCodeId?: string | undefined;
  onCheckAgain?: () => void;
  onCancelAnyway?: () => void;
  onOpenSettings?: () => void;
}

/**
 * The result of an action. A failure is an `alert`. For any other result the caller provides a live region that exists
 * before the text: screen readers often skip a region that is inserted together with its text.
 */
export function ResultMessage({
  report,
  account,
  qrCodeId,
  onCheckAgain,
  onCancelAnyway,
  onOpenSettings,
}: ResultMessageProps) {
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

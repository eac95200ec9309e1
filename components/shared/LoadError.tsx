import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';
import '../ui/report.css';

/** The error of a page that could not load because the background did not respond. */
export function LoadError({ onRetry }: { onRetry: () => void }) {
  return (
    <div class="report danger">
      <div class="stack" role="alert">
        <strong>{t('loadFailed')}</strong>
        <p>{t('loadFailedText')}</p>
      </div>
      <div class="row">
        <Button onClick={onRetry}>{t('tryAgain')}</Button>
      </div>
    </div>
  );
}

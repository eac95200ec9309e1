import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';
import '../ui/report.css';

/** What a page shows that could not be loaded, since the background did not answer. */
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

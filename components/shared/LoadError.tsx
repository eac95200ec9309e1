import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';
import '../ui/report.css';

interface LoadErrorProps {
  /** Default: the background did not respond. */
  text?: string;
  onRetry: () => void;
}

/** The error of a page that could not load. */
export function LoadError({ text = t('loadFailedText'), onRetry }: LoadErrorProps) {
  return (
    <div class="report danger">
      <div class="stack" role="alert">
        <strong>{t('loadFailed')}</strong>
        <p>{text}</p>
      </div>
      <div class="row">
        <Button onClick={onRetry}>{t('tryAgain')}</Button>
      </div>
    </div>
  );
}

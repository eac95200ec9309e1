import { t } from '../../utils/i18n/i18n.ts';
import { journalText } from '../../utils/wording/journal.ts';
import { Button } from '../ui/Button.tsx';
import '../ui/report.css';

/** Replaces the workbench in a container tab or a private window, which cannot read the journal: an empty history would be wrong. */
export function ElsewhereNotice({ onOpenOrdinary }: { onOpenOrdinary: () => void }) {
  return (
    <main class="page stack">
      <h1>{t('workbenchTitle')}</h1>
      <div class="report danger">
        <p role="alert">{journalText('elsewhere')}</p>
        <div class="row">
          <Button onClick={onOpenOrdinary}>{t('openOrdinaryTab')}</Button>
        </div>
      </div>
    </main>
  );
}

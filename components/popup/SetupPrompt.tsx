import { t } from '../../utils/i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';

/** A note that setup is missing, with a button to the settings. */
export function SetupPrompt({ title, text, onOpen }: { title: string; text: string; onOpen: () => void }) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      <p>{text}</p>
      <div class="row">
        <Button kind="primary" onClick={onOpen}>
          {t('openSettings')}
        </Button>
      </div>
    </section>
  );
}

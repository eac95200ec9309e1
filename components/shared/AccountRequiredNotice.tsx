import { t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { currentAccount } from '../../utils/stores/popup.ts';
import '../ui/button.css';
import '../ui/report.css';

interface AccountNoteProps {
  page: AppState | undefined;
  /** What is said while the keys are locked, and where there is no account. */
  locked: string;
  none: string;
}

/** Says what is wanting before codes can be read, and that nothing typed is lost; nothing where all is there. */
export function AccountRequiredNotice({ page, locked, none }: AccountNoteProps) {
  if (!page) return null;
  if (page.vault.status === 'locked') return <p class="report warning">{locked}</p>;
  const account = currentAccount(page);
  if (account?.hasKeys) return null;
  return (
    <div class="report warning">
      <p>{account ? t('keysMissingText', account.name) : none}</p>
      <p>
        <a class="button" href="/options.html" target="_blank" rel="noreferrer">
          {t('openSettings')}
        </a>
      </p>
    </div>
  );
}

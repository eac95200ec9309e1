import { t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { currentAccount } from '../../utils/stores/current-account.ts';
import '../ui/button.css';
import '../ui/report.css';

interface AccountRequiredNoticeProps {
  page: AppState | undefined;
  /** The text while the keys are locked. */
  locked: string;
  /** The text if there is no account. */
  none: string;
}

/** Explains why codes cannot be read: keys locked or missing, or no account. Renders nothing if they can. */
export function AccountRequiredNotice({ page, locked, none }: AccountRequiredNoticeProps) {
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

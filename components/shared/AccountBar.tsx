import { t } from '../../utils/i18n/i18n.ts';
import type { AccountView, AppState } from '../../utils/messaging/protocol.ts';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import './account-bar.css';

interface AccountBarProps {
  page: AppState | undefined;
  account: AccountView | undefined;
  onUse: (accountId: string) => void;
  onLock: () => void;
  /** Absent if the page is the side panel already. */
  onOpenPanel?: (() => void) | undefined;
}

/** The current account with its colour and environment. Keeps its space while the account is loading. */
export function AccountBar({ page, account, onUse, onLock, onOpenPanel }: AccountBarProps) {
  const canLock = page?.vault.status === 'open' && page.vault.protection === 'passphrase';
  const live = account?.environment === 'LIVE';
  return (
    <header class={live ? 'account-bar live' : 'account-bar'}>
      {account ? (
        <>
          <span class={`account-mark ${account.colour ?? 'blue'}`} />
          <div class="account-in-use">
            <AccountName accounts={page?.accounts ?? []} account={account} onUse={onUse} />
            <div class="row">
              <EnvironmentBadge environment={account.environment} />
              <span>{live ? t('livePayments') : t('testPayments')}</span>
            </div>
          </div>
        </>
      ) : (
        <span class="account-name">{t('extensionName')}</span>
      )}
      <span class="row end">
        {canLock && (
          <Button kind="plain" onClick={onLock}>
            <Icon name="lock" />
            {t('lock')}
          </Button>
        )}
        {onOpenPanel && (
          <Button
            kind="plain"
            label={import.meta.env.FIREFOX ? t('openInSidebar') : t('openInSidePanel')}
            onClick={onOpenPanel}
          >
            <Icon name="panel" />
          </Button>
        )}
      </span>
    </header>
  );
}

function AccountName(props: {
  accounts: readonly AccountView[];
  account: AccountView;
  onUse: (accountId: string) => void;
}) {
  const { accounts, account, onUse } = props;
  if (accounts.length < 2) return <bdi class="account-name">{account.name}</bdi>;
  return (
    <select
      class="account-name"
      aria-label={t('switchAccount')}
      value={account.id}
      onChange={(event) => onUse(event.currentTarget.value)}
    >
      {accounts.map(({ id, name, environment }) => (
        <option key={id} value={id}>
          {name} ({environment})
        </option>
      ))}
    </select>
  );
}
